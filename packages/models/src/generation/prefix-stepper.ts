import type { Stepper } from "@rnnkit/decoding";
import * as tf from "@tensorflow/tfjs";
import { checkIds } from "../check-ids.ts";

/** What each row has read so far, all equally long. */
export interface Prefixes {
  readonly rows: readonly Int32Array[];
}

/**
 * A network that must see a whole sequence, as the searches of `@rnnkit/decoding` see a model: each step reads all of the
 * prefix anew, so that T tokens cost T²/2 steps of the network.
 *
 * It lets a network in both directions write, as one should not: in training it saw the token that it is to guess, and
 * here it does not.
 *
 * @param options vocabSize; logits: of ids [B, T] of int32, [B·T, V], row by row, as `Tagger.logits` gives them.
 */
export function prefixStepper({
  vocabSize,
  logits,
}: {
  readonly vocabSize: number;
  readonly logits: (ids: tf.Tensor2D) => tf.Tensor2D;
}): Stepper<Prefixes> {
  return {
    vocabSize,
    start(batchSize) {
      if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
        throw new RangeError(`prefixStepper: batchSize must be a positive integer, got ${batchSize}`);
      }
      return { rows: Array.from({ length: batchSize }, () => new Int32Array()) };
    },
    async step(tokens, { rows }) {
      if (tokens.length !== rows.length) {
        throw new RangeError(`prefixStepper: tokens must be ${rows.length}, one a row, got ${tokens.length}`);
      }
      checkIds("prefixStepper: tokens", tokens, vocabSize);
      const longer = rows.map((row, i) => Int32Array.of(...row, tokens[i]!));
      const last = tf.tidy(() => {
        const ids = tf.tensor2d(
          longer.map((row) => Array.from(row)),
          undefined,
          "int32",
        );
        const all = tf.reshape(logits(ids), [rows.length, -1, vocabSize]);
        return tf.slice(all, [0, longer[0]!.length - 1, 0], [-1, 1, -1]);
      });
      try {
        return { logits: (await last.data()) as Float32Array, state: { rows: longer } };
      } finally {
        last.dispose();
      }
    },
    select({ rows }, indices) {
      if (indices.length === 0) throw new RangeError("prefixStepper: rows must name at least one row, got none");
      return {
        rows: Array.from(indices, (index) => {
          const row = rows[index];
          if (!row) throw new RangeError(`prefixStepper: rows must be from 0 to ${rows.length - 1}, got ${index}`);
          return row;
        }),
      };
    },
    dispose() {}, // it holds no tensor
  };
}
