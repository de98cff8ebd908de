import { checkPositiveInteger } from "./check-positive-integer.ts";
import { largestLogit } from "./largest-logit.ts";
import type { Stepper } from "./stepper.ts";
import { tokenIds } from "./token-ids.ts";

/** [V, V] logits or log-probabilities: row t scores the token that follows token t. */
export type TransitionTable = readonly ArrayLike<number>[];

/** What a {@link tableStepper} remembers of B rows; their last tokens are the step's own argument. */
export interface TableState {
  readonly batchSize: number;
  /** The number of tokens that each row has read. */
  readonly length: number;
}

/**
 * A stepper that reads its logits from tables written by hand: the smallest model there is, to test a search and to
 * teach one. The i-th token read (the prompt counts, too) is looked up in the i-th table, and in the last one when there
 * are fewer, so that one table makes a Markov chain.
 *
 * @param tables at least one, all [V, V]; copied to float32.
 * @throws RangeError for an empty table, a row of another length than V, NaN, Infinity, or a row without a finite entry.
 */
export function tableStepper(...tables: readonly [TransitionTable, ...TransitionTable[]]): Stepper<TableState> {
  const vocabSize = tables[0].length;
  checkPositiveInteger("tableStepper", "the number of tokens", vocabSize);
  const flatTables = tables.map((table) => flatten(table, vocabSize));
  return {
    vocabSize,
    start(batchSize) {
      checkPositiveInteger("tableStepper.start", "batchSize", batchSize);
      return { batchSize, length: 0 };
    },
    step(tokens, { batchSize, length }) {
      if (tokens.length !== batchSize) {
        throw new RangeError(`tableStepper.step: tokens must have ${batchSize} entries, got ${tokens.length}`);
      }
      const table = flatTables[Math.min(length, flatTables.length - 1)]!;
      const logits = new Float32Array(batchSize * vocabSize);
      tokenIds("tableStepper.step", "tokens", tokens, vocabSize).forEach((token, row) => {
        logits.set(table.subarray(token * vocabSize, (token + 1) * vocabSize), row * vocabSize);
      });
      return { logits, state: { batchSize, length: length + 1 } };
    },
    select({ batchSize, length }, rows) {
      checkPositiveInteger("tableStepper.select", "the number of rows", rows.length);
      for (const row of rows) {
        if (row < 0 || row >= batchSize) {
          throw new RangeError(`tableStepper.select: rows must lie from 0 to ${batchSize - 1}, got ${row}`);
        }
      }
      return { batchSize: rows.length, length };
    },
    dispose() {},
  };
}

function flatten(table: TransitionTable, vocabSize: number): Float32Array {
  if (table.length !== vocabSize) {
    throw new RangeError(`tableStepper: every table must have ${vocabSize} rows, got ${table.length}`);
  }
  const flat = new Float32Array(vocabSize * vocabSize);
  table.forEach((row, token) => {
    if (row.length !== vocabSize) {
      throw new RangeError(`tableStepper: row ${token} must have ${vocabSize} entries, got ${row.length}`);
    }
    flat.set(row, token * vocabSize);
    largestLogit("tableStepper", flat.subarray(token * vocabSize, (token + 1) * vocabSize));
  });
  return flat;
}
