/** Where one batch lies in a token stream. */
export interface BatchPlan {
  /** [B] the position of each row's first input. */
  readonly starts: Int32Array;
  /** T, the inputs of each row. */
  readonly numSteps: number;
  /** Whether each row goes on where the same row of the batch before ended. */
  readonly isContinuation: boolean;
}
