type Json = Readonly<Record<string, unknown>>;

/** What a model's config says of a layer. */
export interface LayerConfig {
  readonly className: string;
  readonly name: string;
  readonly config: Json;
  /** Where `.weights.h5` keeps it, for instance `layers/lstm_1`. */
  readonly path: string;
}

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The name of a class in snake case, as Keras writes it in paths: `SimpleRNN` is `simple_rnn`. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** Gives names in turn, a repeated one with `_1`, `_2`, ... behind it, as Keras numbers the layers of a model. */
export function uniqueNames(): (name: string) => string {
  const used = new Map<string, number>();
  return (name) => {
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };
}

/** The layers of a model's config, those of models inside it too, in order. */
export function layerConfigs(model: unknown, prefix = "layers", depth = 0): LayerConfig[] {
  const config = isRecord(model) ? model["config"] : undefined;
  // A Sequential of Keras 1 was the bare list.
  const layers = Array.isArray(config) ? config : isRecord(config) ? config["layers"] : undefined;
  if (!Array.isArray(layers) || depth > 16) return [];
  const unique = uniqueNames();
  return layers.filter(isRecord).flatMap((layer) => {
    const { class_name: className, config: own } = layer;
    if (typeof className !== "string" || !isRecord(own)) return [];
    const path = `${prefix}/${unique(snakeCase(className))}`;
    const name = own["name"] ?? layer["name"];
    return [
      { className, name: typeof name === "string" ? name : "", config: own, path },
      ...layerConfigs(layer, `${path}/layers`, depth + 1),
    ];
  });
}
