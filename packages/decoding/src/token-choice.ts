import { type Generator, uniform } from "@rnnkit/random";
import { indicesFrom } from "./indices-from.ts";
import { largestLogit } from "./largest-logit.ts";
import { negativeExp } from "./negative-exp.ts";

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
  const inverse = Math.min(1 / temperature, Number.MAX_VALUE); // finite, so that 0 times it is 0
  let possible = new Int32Array(0);
  let weights = new Float64Array(0);
  return (logits) => {
    if (weights.length !== logits.length) {
      possible = new Int32Array(logits.length);
      weights = new Float64Array(logits.length);
    }
    const count = indicesFrom(logits, -Number.MAX_VALUE, possible); // few after a warper: the rest looks at nothing else
    let max = -Infinity;
    for (let c = 0; c < count; c++) max = Math.max(max, logits[possible[c]!]!);
    let total = 0;
    for (let c = 0; c < count; c++) total += weights[c] = negativeExp((max - logits[possible[c]!]!) * inverse);
    if (!(total > 0)) largestLogit("multinomialChoice", logits); // throws: NaN, Infinity, or none possible
    let share = uniform(generator) * total;
    let chosen = 0;
    for (let c = 0; c < count && share >= 0; c++) {
      if (weights[c] === 0) continue; // also kept off when rounding leaves a little of the share
      chosen = c;
      share -= weights[c]!;
    }
    return possible[chosen]!;
  };
}
