import { expect } from "vitest";
import type { Stepper } from "../src/index.ts";

interface Tracked<State> {
  readonly inner: State;
  isDisposed: boolean;
}

/** Wraps a stepper so that it fails on a state used after its disposal, or disposed twice, and counts those alive. */
export function trackedStepper<State>(
  stepper: Stepper<State>,
  { failAtStep = Infinity, failAtSelect = Infinity }: { failAtStep?: number; failAtSelect?: number } = {},
) {
  const counts = { live: 0, steps: 0, selects: 0 };
  const own = (inner: State): Tracked<State> => {
    counts.live++;
    return { inner, isDisposed: false };
  };
  const borrow = (state: Tracked<State>): State => {
    expect(state.isDisposed, "a disposed state was used").toBe(false);
    return state.inner;
  };
  const tracked: Stepper<Tracked<State>> = {
    vocabSize: stepper.vocabSize,
    start: (batchSize) => own(stepper.start(batchSize)),
    async step(tokens, state) {
      if (++counts.steps === failAtStep) throw new Error("step failed");
      const result = await stepper.step(tokens, borrow(state));
      return { logits: result.logits, state: own(result.state) };
    },
    select(state, rows) {
      if (++counts.selects === failAtSelect) throw new Error("select failed");
      return own(stepper.select(borrow(state), rows));
    },
    dispose(state) {
      stepper.dispose(borrow(state));
      state.isDisposed = true;
      counts.live--;
    },
  };
  return { stepper: tracked, counts };
}
