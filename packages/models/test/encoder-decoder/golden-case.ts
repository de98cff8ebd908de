import { xoshiro128, type Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { EncoderDecoder, type EncoderDecoderBatch, type EncoderDecoderConfig } from "../../src/index.ts";

/** What tools/golden/encoder_decoder.py writes of a model and a batch. */
export interface GoldenCase {
  readonly config: EncoderDecoderConfig;
  readonly batch: Readonly<Record<"sources" | "sourceLengths" | "inputs" | "targets" | "lengths", number[]>>;
  readonly shape: [number, number];
  readonly sourceShape: [number, number];
  readonly parameters: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
  readonly meanLoss: number;
  readonly d2lObjective: number;
  readonly coins?: number[];
  readonly logits?: number[];
  readonly attention?: number[];
  readonly gradients: Readonly<Record<string, number[]>>;
}

/** The model with the parameters of the case; the caller disposes it. */
export function goldenModel({ config, parameters }: Pick<GoldenCase, "config" | "parameters">): EncoderDecoder {
  const model = new EncoderDecoder(config, { generator: xoshiro128(0) });
  for (const [name, variable] of Object.entries(model.parameters)) {
    const { values, shape } = parameters[name]!;
    tf.tidy(() => variable.assign(tf.tensor(values, shape)));
  }
  return model;
}

export function goldenBatch({ batch, shape, sourceShape }: GoldenCase): EncoderDecoderBatch {
  const arrays = Object.entries(batch).map(([name, values]) => [name, Int32Array.from(values)]);
  return { ...Object.fromEntries(arrays), shape, sourceShape } as EncoderDecoderBatch;
}

/** Gives heads or tails, two words each, as `uniform` takes them, where a coin below ½ is the right token. */
export function coinGenerator(coins: readonly number[]): Generator {
  let i = 0;
  return {
    uint32: () => (coins[i++ >> 1]! < 0.5 ? 0 : 0xffffffff),
    state: () => {
      throw new Error("coinGenerator: state must not be asked for");
    },
  } as Generator;
}
