import type { Stepper, StepResult } from "./stepper.ts";

/** A step whose result has the shape that it promises. */
export async function takeStep<State>(
  stepper: Stepper<State>,
  tokens: Int32Array,
  state: State,
): Promise<StepResult<State>> {
  const result = await stepper.step(tokens, state);
  const { logits, attention } = result;
  const expected = tokens.length * stepper.vocabSize;
  if (logits.length !== expected) {
    stepper.dispose(result.state);
    throw new RangeError(`Stepper.step: logits must have ${expected} entries, got ${logits.length}`);
  }
  if (attention && attention.length % tokens.length !== 0) {
    stepper.dispose(result.state);
    throw new RangeError(
      `Stepper.step: attention must have as many entries for each of ${tokens.length} rows, got ${attention.length}`,
    );
  }
  return result;
}
