import type { Stepper } from "./stepper.ts";

/** Owns the state of one walk with a stepper, so that each state is disposed exactly once, whatever throws. */
export class Cursor<State> {
  readonly #stepper: Stepper<State>;
  #state: State;

  /** Starts one row. */
  constructor(stepper: Stepper<State>) {
    this.#stepper = stepper;
    this.#state = stepper.start(1);
  }

  /** Reads one token in each row. @returns the logits after it, [B, V]. */
  async step(tokens: Int32Array): Promise<Float32Array> {
    const { logits, state } = await this.#stepper.step(tokens, this.#state);
    this.#replace(state);
    const expected = tokens.length * this.#stepper.vocabSize;
    if (logits.length !== expected) {
      throw new RangeError(`Stepper.step: logits must have ${expected} entries, got ${logits.length}`);
    }
    return logits;
  }

  /** Reads a whole prompt in the one row. @returns the logits after its last token, [V]. */
  async read(prompt: Int32Array): Promise<Float32Array> {
    let logits: Float32Array = new Float32Array(0);
    for (const token of prompt) logits = await this.step(Int32Array.of(token));
    return logits;
  }

  select(rows: Int32Array): void {
    this.#replace(this.#stepper.select(this.#state, rows));
  }

  dispose(): void {
    this.#stepper.dispose(this.#state);
  }

  #replace(state: State): void {
    const previous = this.#state;
    this.#state = state;
    this.#stepper.dispose(previous);
  }
}
