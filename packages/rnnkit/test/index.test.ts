import { perplexity, sumCrossEntropy, tableStepper } from "rnnkit";
import { expect, it } from "vitest";

it("placeholder", () => {
  expect([perplexity, sumCrossEntropy, tableStepper].map((f) => typeof f)).toEqual(Array(3).fill("function"));
});
