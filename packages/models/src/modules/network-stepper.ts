import { mapState, type CellState } from "@rnnkit/cells";
import type { Stepper } from "@rnnkit/decoding";
import * as tf from "@tensorflow/tfjs";
import { checkIds } from "../check-ids.ts";

/** A model that reads one token in each row. */
export interface TokenNetwork<State extends CellState> {
  readonly vocabSize: number;
  /** The state of so many rows that have read nothing; the caller owns it. */
  readonly zeroState: (batchSize: number) => State;
  /** Tokens [B] to logits [B, V] and the next state; the caller owns both. */
  readonly step: (tokens: tf.Tensor1D, state: State) => { readonly logits: tf.Tensor2D; readonly state: State };
}

/**
 * A model as the searches of `@rnnkit/decoding` see it.
 *
 * @param caller named in errors.
 * @param network borrowed.
 */
export function networkStepper<State extends CellState>(
  caller: string,
  { vocabSize, zeroState, step }: TokenNetwork<State>,
): Stepper<State> {
  return {
    vocabSize,
    start(batchSize) {
      if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
        throw new RangeError(`${caller}: batchSize must be a positive integer, got ${batchSize}`);
      }
      return zeroState(batchSize);
    },
    async step(tokens, state) {
      const batchSize = countRows(state);
      if (tokens.length !== batchSize) {
        throw new RangeError(`${caller}: tokens must be ${batchSize}, one a row, got ${tokens.length}`);
      }
      checkIds(`${caller}: tokens`, tokens, vocabSize);
      const stepped = tf.tidy(() => {
        const { logits, state: next } = step(tf.tensor1d(tokens, "int32"), state);
        return { logits, next: next as tf.TensorContainerArray };
      });
      try {
        const logits = (await stepped.logits.data()) as Float32Array;
        return { logits, state: stepped.next as unknown as State };
      } catch (error) {
        tf.dispose(stepped.next);
        throw error;
      } finally {
        stepped.logits.dispose();
      }
    },
    select(state, rows) {
      const batchSize = countRows(state);
      for (const row of rows) {
        if (row < 0 || row >= batchSize) {
          throw new RangeError(`${caller}: rows must be from 0 to ${batchSize - 1}, got ${row}`);
        }
      }
      if (rows.length === 0) throw new RangeError(`${caller}: rows must name at least one row, got none`);
      const isSame = rows.length === batchSize && rows.every((row, i) => row === i);
      if (isSame) return mapState(state, (tensor) => tf.clone(tensor)); // shares the data
      const indices = tf.tensor1d(rows, "int32");
      const selected = mapState(state, (tensor) => tf.gather(tensor, indices));
      indices.dispose();
      return selected;
    },
    dispose(state) {
      tf.dispose(state as tf.TensorContainer);
    },
  };
}

/** B, the first axis of every tensor of a state. */
function countRows(state: CellState): number {
  let count = 0;
  mapState(state, (tensor) => {
    count = tensor.shape[0]!;
    return tensor;
  });
  return count;
}
