import { golden } from "@rnnkit/testing";
import {
  decodeSafetensors,
  modulesFromStateDict,
  weightsFromTensors,
  type EmbeddingModule,
  type LinearModule,
  type RecurrentNetwork,
  type RecurrentNetworkKind,
} from "../src/index.ts";

interface Values {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** One model of PyTorch: see tools/golden/state-dicts.py. */
export interface StateDictCase {
  readonly name: string;
  readonly task: "language-model" | "classifier" | "tagger";
  readonly kind: RecurrentNetworkKind;
  readonly pooling?: "last" | "mean" | "max";
  readonly hasEmbedding: boolean;
  /** The state dictionary as safetensors, in base64. */
  readonly file: string;
  readonly ids: readonly (readonly number[])[];
  readonly lengths: readonly number[];
  readonly initialState?: Readonly<Record<"hidden" | "cell", Values>>;
  readonly logits: Values;
  readonly finalState: Readonly<Record<"hidden" | "cell", Values>>;
}

export interface SequenceModules {
  readonly embedding?: EmbeddingModule;
  readonly recurrent: RecurrentNetwork;
  readonly output: LinearModule;
}

export const { source, cases } = golden<readonly StateDictCase[]>(import.meta.url, "state-dicts");

export const fileOf = ({ file }: StateDictCase) => new Uint8Array(Buffer.from(file, "base64"));

/** The modules of a case's model. */
export function modulesOf(model: StateDictCase): SequenceModules {
  const weights = weightsFromTensors(decodeSafetensors(fileOf(model)).tensors);
  const { rnn: recurrent, ...rest } = model.hasEmbedding
    ? modulesFromStateDict(weights, { embedding: "embedding", rnn: model.kind, output: "linear" })
    : modulesFromStateDict(weights, { rnn: model.kind, output: "linear" });
  return { ...rest, recurrent };
}
