import { BUNDLE_FORMAT, BUNDLE_VERSION, CONFIG_FILE, type Bundle } from "./bundle.ts";
import { decodeJSON } from "./decode-json.ts";
import { MODEL_TYPES, type ModelTypeName } from "./model-types.ts";

/** The `model` of `config.json`: its type, which is one of the table, and whatever else is said of it. */
export function readConfig(bundle: Bundle): { readonly type: ModelTypeName } {
  const { format, version, model } = (decodeJSON(bundle[CONFIG_FILE]!) ?? {}) as Record<string, unknown>;
  if (format !== BUNDLE_FORMAT) throw new RangeError(`format must be ${BUNDLE_FORMAT}, got ${String(format)}`);
  if (version !== BUNDLE_VERSION) throw new RangeError(`version must be ${BUNDLE_VERSION}, got ${String(version)}`);
  if (typeof model !== "object" || model === null) throw new TypeError(`model must be an object, got ${String(model)}`);
  const { type } = model as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(MODEL_TYPES, type)) {
    throw new RangeError(`model.type must be one of ${Object.keys(MODEL_TYPES).join(", ")}, got ${String(type)}`);
  }
  return model as { readonly type: ModelTypeName };
}
