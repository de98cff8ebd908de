/** How a training run stands after a step: a plain record. */
export interface TrainingReport {
  /** The number of steps done, from 1. */
  readonly step: number;
  /** The number of steps that the run will have. */
  readonly numSteps: number;
  /** The index of the epoch that the step belongs to, from 0. */
  readonly epoch: number;
  /** The mean loss over all tokens since the report before, each scored before it was learnt from: in nats for a cross-entropy. */
  readonly meanLoss: number;
  /** exp(meanLoss), which is a perplexity where the loss is in nats. */
  readonly perplexity: number;
  /** The norm of all gradients of this step together, before clipping. */
  readonly gradientNorm: number;
  /** Tokens learnt from since the report before, by the time that took; validation is not counted in. */
  readonly tokensPerSecond: number;
  /** Since the beginning of the run. */
  readonly elapsedMs: number;
  /** What is left, at the pace so far. */
  readonly remainingMs: number;
  /** The validation after this step, where one was due. */
  readonly validation?: {
    readonly meanLoss: number;
    readonly perplexity: number;
    /** The number of tokens scored. */
    readonly count: number;
  };
}
