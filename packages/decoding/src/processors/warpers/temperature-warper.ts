import { checkPositive } from "../checks/check-positive.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Divides the scores by a temperature: below 1 it sharpens the distribution, above 1 it flattens it.
 *
 * @param temperature positive and finite.
 * @throws RangeError for any other.
 */
export function temperatureWarper(temperature: number): LogitsProcessor {
  checkPositive("temperatureWarper", "temperature", temperature);
  return (scores) => {
    for (let i = 0; i < scores.length; i++) scores[i]! /= temperature;
  };
}
