import { mapState } from "@rnnkit/cells";
import type { Stepper } from "@rnnkit/decoding";
import type { RecurrentKind, RecurrentState } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkIds } from "../check-ids.ts";
import type { LanguageModel, LanguageModelState } from "./language-model.ts";

/**
 * A language model as the searches of `@rnnkit/decoding` see it.
 *
 * Its states hold tensors that outlive a tidy, so they must be disposed, as the searches do; do not step inside a tidy.
 *
 * @param model borrowed: the stepper works until the model is disposed.
 */
export function languageModelStepper(model: LanguageModel): Stepper<LanguageModelState> {
  const { vocabSize } = model.config;
  return {
    vocabSize,
    start(batchSize) {
      if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
        throw new RangeError(`languageModelStepper: batchSize must be a positive integer, got ${batchSize}`);
      }
      return model.zeroState(batchSize);
    },
    async step(tokens, state) {
      const batchSize = state[0]!.hidden.shape[0];
      if (tokens.length !== batchSize) {
        throw new RangeError(`languageModelStepper: tokens must be ${batchSize}, one a row, got ${tokens.length}`);
      }
      checkIds("languageModelStepper: tokens", tokens, vocabSize);
      const stepped = tf.tidy(() => {
        const { logits, state: next } = model.step(tf.tensor1d(tokens, "int32"), state);
        return { logits, next: next as RecurrentState<RecurrentKind>[] };
      });
      try {
        return { logits: (await stepped.logits.data()) as Float32Array, state: stepped.next };
      } catch (error) {
        tf.dispose(stepped.next);
        throw error;
      } finally {
        stepped.logits.dispose();
      }
    },
    select(state, rows) {
      const batchSize = state[0]!.hidden.shape[0];
      for (const row of rows) {
        if (row < 0 || row >= batchSize) {
          throw new RangeError(`languageModelStepper: rows must be from 0 to ${batchSize - 1}, got ${row}`);
        }
      }
      if (rows.length === 0) throw new RangeError("languageModelStepper: rows must name at least one row, got none");
      const isSame = rows.length === batchSize && rows.every((row, i) => row === i);
      if (isSame) return mapState(state, (tensor) => tf.clone(tensor)); // shares the data
      const indices = tf.tensor1d(rows, "int32");
      const selected = mapState(state, (tensor) => tf.gather(tensor, indices));
      indices.dispose();
      return selected;
    },
    dispose(state) {
      tf.dispose(state as RecurrentState<RecurrentKind>[]);
    },
  };
}
