import type { RowOutputs } from "./search.ts";
import type { Stepper, StepResult } from "./stepper.ts";
import { takeStep } from "./take-step.ts";

/** Owns the state of one walk with a stepper, so that each state is disposed exactly once, whatever throws. */
export class Cursor<State> {
  readonly #stepper: Stepper<State>;
  #state: State;
  #batchSize: number;
  #result: StepResult<State> | undefined;

  constructor(stepper: Stepper<State>, batchSize = 1) {
    this.#stepper = stepper;
    this.#state = stepper.start(batchSize);
    this.#batchSize = batchSize;
  }

  /** Reads one token in each row. @returns the logits after it, [B, V]. */
  async step(tokens: Int32Array): Promise<Float32Array> {
    const result = await takeStep(this.#stepper, tokens, this.#state);
    this.#replace(result.state);
    this.#result = result;
    return result.logits;
  }

  /** Reads a whole prompt in the one row. @returns the logits after its last token, [V]. */
  async read(prompt: Int32Array): Promise<Float32Array> {
    let logits: Float32Array = new Float32Array(0);
    for (const token of prompt) logits = await this.step(Int32Array.of(token));
    return logits;
  }

  /** What the last step gave for some of its rows. */
  outputs(start: number, numRows: number): RowOutputs {
    const { logits, attention } = this.#result!;
    const { vocabSize } = this.#stepper;
    const numPositions = attention ? attention.length / this.#batchSize : 0;
    return {
      logits: logits.subarray(start * vocabSize, (start + numRows) * vocabSize),
      attention: attention?.subarray(start * numPositions, (start + numRows) * numPositions),
    };
  }

  /** Does nothing where the rows stay as they are. */
  select(rows: Int32Array): void {
    if (rows.length === this.#batchSize && rows.every((row, i) => row === i)) return;
    this.#replace(this.#stepper.select(this.#state, rows));
    this.#batchSize = rows.length;
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
