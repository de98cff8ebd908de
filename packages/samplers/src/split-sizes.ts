/** The sizes of the parts of `length` items, of which the held-out parts are rounded down. */
export function splitSizes(
  caller: string,
  length: number,
  fractions: { validationFraction: number; testFraction: number },
): { numTrain: number; numValidation: number; numTest: number } {
  for (const [name, fraction] of Object.entries(fractions)) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new RangeError(`${caller}: ${name} must be from 0 to below 1, got ${fraction}`);
    }
  }
  const { validationFraction, testFraction } = fractions;
  if (!(validationFraction + testFraction < 1)) {
    throw new RangeError(
      `${caller}: validationFraction + testFraction must be below 1, got ${validationFraction} + ${testFraction}`,
    );
  }
  const numValidation = Math.floor(length * validationFraction);
  const numTest = Math.floor(length * testFraction);
  return { numTrain: length - numValidation - numTest, numValidation, numTest };
}
