import {
  bidirectionalLayers,
  normalVariable,
  recurrentLayers,
  unroll,
  type BidirectionalState,
  type Parameters,
} from "@rnnkit/cells";
import { embeddingLookup, type RecurrentKind, type RecurrentState } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { prefixed } from "../prefixed.ts";
import { makeBridge, type LayerStates } from "./bridge.ts";
import type { CompleteEncoderDecoderConfig } from "./encoder-decoder-config.ts";

/** What the encoder makes of its sources; the caller owns it. */
export type Encoded = {
  /** [B, S, D], zeros beyond a row's length unless padding is read. */
  readonly outputs: tf.Tensor3D;
  /** [B, D], the top layer's output after its last step in each direction. */
  readonly last: tf.Tensor2D;
  /** The decoder's first states, bottom first. */
  readonly state: LayerStates;
};

/** The half of the model that reads, with its parameters, which it owns; in training, a generator draws what is dropped. */
export interface Encoder {
  readonly parameters: Parameters;
  encode(ids: tf.Tensor2D, lengths: ArrayLike<number>, generator: Generator | undefined): Encoded;
}

export function makeEncoder(config: CompleteEncoderDecoderConfig, generator: Generator): Encoder {
  const { sourceVocabSize, kind, embeddingSize, hiddenSize, numLayers, isBidirectional, readsPadding } = config;
  const embedding = normalVariable(generator, { shape: [sourceVocabSize, embeddingSize] }) as tf.Variable<tf.Rank.R2>;
  const options = { inputSize: embeddingSize, hiddenSize, numLayers, generator, ...layerDropout(config) };
  const network = isBidirectional ? undefined : recurrentLayers(kind, options);
  const both = isBidirectional ? bidirectionalLayers(kind, options) : undefined;
  const bridge = makeBridge(config, generator);

  /** Outputs, and the states of each direction. */
  const read = (inputs: tf.Tensor3D, reading: ReadOptions): { outputs: tf.Tensor3D; directions: LayerStates[] } => {
    if (network) {
      const { outputs, state } = unroll(network, inputs, reading);
      return { outputs, directions: [state as RecurrentState<RecurrentKind>[]] };
    }
    const { outputs, state } = unroll(both!, inputs, reading);
    const layers = state as readonly BidirectionalState<RecurrentState<RecurrentKind>>[];
    return { outputs, directions: [layers.map(({ forward }) => forward), layers.map(({ backward }) => backward)] };
  };

  return {
    parameters: {
      "embedding.weight": embedding,
      ...prefixed("rnn", (network ?? both!).parameters),
      ...prefixed("bridge", bridge.parameters),
    },
    encode: (ids, lengths, drawer) =>
      tf.tidy(() => {
        const inputs = embeddingLookup(embedding, ids) as tf.Tensor3D;
        const { outputs, directions } = read(inputs, {
          ...(!readsPadding && { lengths }),
          ...(drawer && { isTraining: true, generator: drawer }),
        });
        const tops = directions.map((states) => states.at(-1)!.hidden);
        const last = tops.length === 1 ? tops[0]! : tf.concat(tops, 1);
        return { outputs, last, state: bridge.cross(directions) as RecurrentState<RecurrentKind>[] };
      }),
  };
}

type ReadOptions = { lengths?: ArrayLike<number>; isTraining?: boolean; generator?: Generator };

/** The dropout between the layers of either half, where there is a layer to hand on to. */
export function layerDropout({ dropout, numLayers }: CompleteEncoderDecoderConfig): { readonly dropout: number } {
  return { dropout: numLayers > 1 ? dropout : 0 };
}
