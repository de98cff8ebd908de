import { deriveSeed, type Generator, mersenneTwister, xoshiro128 } from "@rnnkit/random";
import type { Batches, Epoch } from "./batches.ts";
import { checkEpochIndex } from "./repeated-epochs.ts";

/**
 * How epochs draw from a seed: "independent", each from a generator of its own; or "consecutive", all from one
 * `mersenneTwister(seed)`, one epoch after the other, as a Python program does after `random.seed(seed)`. An epoch asked
 * for out of turn then has to repeat the draws of those before it.
 */
export type EpochDraws = "independent" | "consecutive";

/** The epochs that `draw` makes, with all its draws done when it returns. */
export function drawnEpochs<B>(
  { seed, draws }: { seed: number; draws: EpochDraws },
  draw: (generator: Generator) => Epoch<B>,
): Batches<B> {
  const epochAt =
    draws === "consecutive"
      ? consecutiveEpochs(seed, draw)
      : (index: number) => draw(xoshiro128(deriveSeed(seed, index)));
  return {
    epoch(index) {
      checkEpochIndex(index);
      return epochAt(index);
    },
  };
}

function consecutiveEpochs<E>(seed: number, draw: (generator: Generator) => E): (index: number) => E {
  let numDrawn = 0;
  let generator = mersenneTwister(seed);
  return (index) => {
    if (index < numDrawn) {
      numDrawn = 0;
      generator = mersenneTwister(seed);
    }
    for (; numDrawn < index; numDrawn++) draw(generator);
    numDrawn++;
    return draw(generator);
  };
}
