import * as tf from "@tensorflow/tfjs";
import { affine } from "./affine.ts";
import type { DecodingArguments } from "./decoding-state.ts";
import type { DecodingRows } from "./decoding-rows.ts";
import { embeddingLookup } from "./embedding-lookup.ts";
import { recurrent } from "./recurrent.ts";
import type { RecurrentKind, RecurrentState } from "./recurrent-kind.ts";
import { stateFromList, stateToList } from "./state-list.ts";

/** Rows whose state is tensors, on any backend. */
export function composedDecodingRows<Kind extends RecurrentKind>(
  kind: Kind,
  model: DecodingArguments<Kind>,
): DecodingRows {
  const state = mapState(kind, model.state, (tensor) => tf.keep(tf.clone(tensor)));
  return ownedRows(kind, { ...model, state });
}

/** @param model its state is owned by the rows. */
function ownedRows<Kind extends RecurrentKind>(kind: Kind, model: DecodingArguments<Kind>): DecodingRows {
  const withState = (state: readonly RecurrentState<Kind>[]) => ownedRows(kind, { ...model, state });
  return {
    async step(tokens) {
      const { logits, state } = tf.tidy(() => readToken(kind, { tokens, model }));
      try {
        return { logits: (await logits.data()) as Float32Array, state: withState(state) };
      } catch (error) {
        tf.dispose(state);
        throw error;
      } finally {
        logits.dispose();
      }
    },
    select(rows) {
      const selected = tf.tidy(() => {
        const indices = tf.tensor1d(rows, "int32");
        return mapState(kind, model.state, (tensor) => tf.gather(tensor, indices));
      });
      return withState(selected);
    },
    dispose() {
      tf.dispose(model.state as RecurrentState<Kind>[]);
    },
  };
}

interface ReadTokenArguments<Kind extends RecurrentKind> {
  readonly tokens: Int32Array;
  readonly model: DecodingArguments<Kind>;
}

function readToken<Kind extends RecurrentKind>(
  kind: Kind,
  { tokens, model: { state, layers, embedding, output } }: ReadTokenArguments<Kind>,
): { logits: tf.Tensor2D; state: RecurrentState<Kind>[] } {
  const ids = tf.tensor2d(tokens, [tokens.length, 1], "int32");
  let inputs = embedding ? (embeddingLookup(embedding, ids) as tf.Tensor3D) : ids; // [B, 1, E], or [B, 1]
  const next = layers.map((weights, layer) => {
    const { outputs, finalState } = recurrent(kind, { inputs, initialState: state[layer]!, weights });
    inputs = outputs;
    return finalState;
  });
  const hidden: tf.Tensor2D = tf.reshape(inputs, [tokens.length, -1]);
  return { logits: affine(hidden, output), state: next };
}

function mapState<Kind extends RecurrentKind>(
  kind: Kind,
  state: readonly RecurrentState<Kind>[],
  transform: (tensor: tf.Tensor2D) => tf.Tensor,
): RecurrentState<Kind>[] {
  return state.map((layer) => stateFromList(kind, stateToList(kind, layer).map(transform) as tf.Tensor2D[]));
}
