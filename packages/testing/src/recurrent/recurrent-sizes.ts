import fc from "fast-check";
import type { RecurrentSizes } from "./recurrent-case.ts";

/** No size is a multiple of what a kernel works in blocks of. */
export const SIZES: readonly RecurrentSizes[] = [
  { batchSize: 1, numSteps: 1, inputSize: 1, hiddenSize: 1 },
  { batchSize: 1, numSteps: 1, inputSize: 1, hiddenSize: 1, isIds: true, isReverse: true },
  { batchSize: 5, numSteps: 3, inputSize: 7, hiddenSize: 9 },
  { batchSize: 5, numSteps: 4, inputSize: 7, hiddenSize: 9, lengths: [1, 4, 3, 0, 2] },
  { batchSize: 5, numSteps: 4, inputSize: 7, hiddenSize: 9, lengths: [1, 4, 3, 0, 2], isReverse: true, isIds: true },
  { batchSize: 5, numSteps: 6, inputSize: 3, hiddenSize: 7, lengths: [2, 2, 2, 2, 2], isReverse: true },
  { batchSize: 33, numSteps: 2, inputSize: 3, hiddenSize: 17, hasBias: false },
  { batchSize: 33, numSteps: 3, inputSize: 600, hiddenSize: 5, isIds: true },
  { batchSize: 2, numSteps: 40, inputSize: 2, hiddenSize: 3, isReverse: true },
  { batchSize: 3, numSteps: 40, inputSize: 5, hiddenSize: 7, lengths: [40, 1, 23], isIds: true, hasBias: false },
];

export const TINY: RecurrentSizes = { batchSize: 3, numSteps: 3, inputSize: 2, hiddenSize: 2 };

/** Small cases of any form, each with at least one step. */
export const anySizes = fc
  .record({
    batchSize: fc.integer({ min: 1, max: 9 }),
    numSteps: fc.integer({ min: 1, max: 12 }),
    inputSize: fc.integer({ min: 1, max: 9 }),
    hiddenSize: fc.integer({ min: 1, max: 18 }),
    isReverse: fc.boolean(),
    isIds: fc.boolean(),
    hasBias: fc.boolean(),
  })
  .chain((sizes) => {
    const { batchSize, numSteps } = sizes;
    const lengths = fc
      .array(fc.nat({ max: numSteps }), { minLength: batchSize, maxLength: batchSize })
      .filter((drawn) => drawn.some((length) => length > 0)); // without a step, weights have no gradient
    return fc.option(lengths, { nil: undefined }).map((drawn) => ({ ...sizes, ...(drawn && { lengths: drawn }) }));
  });
