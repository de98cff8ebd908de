/**
 * A learning rate that changes: from the index of a step, from 0, to the factor of the optimizer's own learning rate. Schedules are
 * pure functions of the step, so a run that is resumed has nothing of theirs to remember, and a product of two is one.
 */
export type Schedule = (step: number) => number;

/** Throws unless `value` is a positive integer. */
export function checkNumSteps(argument: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0)) {
    throw new RangeError(`${argument} must be a positive integer, got ${value}`);
  }
}
