import { type Generator, uniform } from "@rnnkit/random";
import { largestLogit } from "./largest-logit.ts";
import { loadRow } from "./row-kernels/loaded-row.ts";

/** Decides on the next token, given the model's logits [V] for it (borrowed), and returns its id. */
export type TokenChoice = (logits: Float32Array) => number;

/**
 * The most probable token; of equally probable ones the lowest id.
 *
 * @throws RangeError when a logit is NaN or Infinity, or none is finite.
 */
export const greedyChoice: TokenChoice = (logits) => largestLogit("greedyChoice", logits);

/** How {@link multinomialChoice} draws. */
export interface MultinomialChoiceOptions {
  /** Where the draws come from; advanced by every choice. */
  readonly generator: Generator;
  /** Divides the logits: below 1 sharpens the distribution, above 1 flattens it. Positive and finite, default 1. */
  readonly temperature?: number;
}

/**
 * A choice that draws a token from `softmax(logits / temperature)`; never one whose probability is zero.
 *
 * @throws RangeError for another temperature; the choice throws it when a logit is NaN or Infinity, or none is finite.
 */
export function multinomialChoice({ generator, temperature = 1 }: MultinomialChoiceOptions): TokenChoice {
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`multinomialChoice: temperature must be positive and finite, got ${temperature}`);
  }
  const factor = Math.min(Math.LOG2E / temperature, 1e300); // finite, so that 0 times it is 0
  return (logits) => {
    const fraction = uniform(generator);
    const row = loadRow(logits);
    const max = logits[largestLogit("multinomialChoice", logits, row)]!;
    return row.pick(fraction * row.writePowers({ max, factor }));
  };
}
