import { CONFIG_FILE, type Bundle } from "./bundle.ts";
import { inFile } from "./in-file.ts";
import type { ModelTypeName } from "./model-types.ts";
import { readConfig } from "./read-config.ts";

/**
 * The type of the model in a bundle, for who does not know what to ask `loadModel` for.
 *
 * @param bundle borrowed; only its `config.json` is read.
 * @throws RangeError or TypeError when that is missing, damaged, of another version or of a type that there is not.
 */
export function bundleModelType(bundle: Bundle): ModelTypeName {
  return inFile(CONFIG_FILE, () => readConfig(bundle).type);
}
