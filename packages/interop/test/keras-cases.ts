import { gunzipSync } from "node:zlib";
import type { RecurrentNetworkKind, Weight } from "../src/index.ts";

interface Values {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** One model of Keras: see tools/golden/keras-layers.py. */
export interface KerasCase {
  readonly name: string;
  /** Those that have weights: an embedding, recurrent layers, a dense layer. */
  readonly layers: readonly {
    readonly name: string;
    readonly className: string;
    readonly weights: readonly Values[];
  }[];
  readonly ids: readonly (readonly number[])[];
  readonly logits: Values;
  /** Gzipped, in base64, by the ending of the name. */
  readonly files: Readonly<Record<string, string>>;
}

/** What `get_weights()` gave. */
export const weightsOf = ({ weights }: KerasCase["layers"][number]): Weight[] =>
  weights.map(({ shape, values }) => ({ shape, data: Float32Array.from(values) }));

export function kindOf({ name }: KerasCase): RecurrentNetworkKind {
  if (name.includes("SimpleRNN")) return name.includes("relu") ? "rnn-relu" : "rnn-tanh";
  if (name.includes("LSTM")) return "lstm";
  return name.includes("reset before") ? "gru-reset-before" : "gru";
}

export const unpack = (file: string) => new Uint8Array(gunzipSync(Buffer.from(file, "base64")));
