import { layerShapes, type RecurrentLayersOptions } from "@rnnkit/cells";
import { NUM_GATES, type RecurrentKind } from "@rnnkit/ops";
import { type Field, FLAG, NUMBER, oneOf, optional, RATE, SIZE, withDefault } from "./check-config.ts";

/** The options of layers of all kinds, but for what the model around them says. */
type LayerOptions = Omit<RecurrentLayersOptions<"lstm"> & RecurrentLayersOptions<"gru">, "inputSize" | "generator">;

/**
 * The recurrent layers of a model as plain JSON: their kind, `hiddenSize`, `numLayers`, and every other option that
 * `recurrentLayers` of `@rnnkit/cells` takes for the kind.
 */
export interface RecurrentConfig extends LayerOptions {
  readonly kind: RecurrentKind;
}

const LSTM_ALONE = ["projectionSize", "hasPeepholes", "forgetBias", "cellZoneout"] as const;

/** What of a config is that of its layers. */
export const RECURRENT_FIELDS: Readonly<Record<keyof RecurrentConfig, Field>> = {
  kind: oneOf(Object.keys(NUM_GATES)),
  hiddenSize: SIZE,
  numLayers: withDefault(SIZE, 1),
  dropout: RATE,
  isResidual: FLAG,
  numBiases: optional(oneOf([0, 1, 2])),
  initialization: optional(oneOf(["pytorch", "keras", "d2l"])),
  hasLayerNorm: FLAG,
  inputDropout: RATE,
  recurrentDropout: RATE,
  hiddenZoneout: RATE,
  reset: optional(oneOf(["after", "before"])),
  projectionSize: optional(SIZE),
  hasPeepholes: FLAG,
  forgetBias: NUMBER,
  cellZoneout: RATE,
};

/** Throws a RangeError that names `caller` where options that are right by themselves do not go together. */
export function checkRecurrentConfig(caller: string, config: RecurrentConfig): void {
  const { kind, numLayers = 1, dropout = 0, numBiases } = config;
  for (const name of LSTM_ALONE) {
    if (kind !== "lstm" && config[name]) {
      throw new RangeError(`${caller}: ${name} must be left out for a ${kind}, got ${config[name]}`);
    }
  }
  if (kind !== "gru" && config.reset) {
    throw new RangeError(`${caller}: reset must be left out for a ${kind}, got ${config.reset}`);
  }
  if (numLayers === 1 && dropout > 0) {
    throw new RangeError(`${caller}: dropout must be 0 where one layer has none to hand on to, got ${dropout}`);
  }
  if (numBiases === 0 && config.forgetBias !== undefined) {
    throw new RangeError(`${caller}: forgetBias must be left out where there is no bias, got ${config.forgetBias}`);
  }
}

/** The width of what the layers give out, in one direction. */
export function recurrentOutputSize({ hiddenSize, projectionSize }: RecurrentConfig): number {
  return projectionSize ?? hiddenSize;
}

/** The options of the layers in the config of a model that holds more. */
export function layerOptions(config: RecurrentConfig): LayerOptions {
  const names = Object.keys(RECURRENT_FIELDS).filter((name) => name !== "kind") as (keyof LayerOptions)[];
  const given = names.flatMap((name) => (config[name] === undefined ? [] : [[name, config[name]] as const]));
  return Object.fromEntries(given) as unknown as LayerOptions;
}

/** The names and shapes of the parameters of the layers, made only as far as they are asked for. */
export function recurrentShapes(
  config: RecurrentConfig,
  sizes: { readonly inputSize: number; readonly isBidirectional?: boolean },
): ReturnType<typeof layerShapes> {
  return layerShapes(config.kind, { ...layerOptions(config), ...sizes });
}
