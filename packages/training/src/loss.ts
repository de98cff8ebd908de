import type { Generator } from "@rnnkit/random";
import type * as tf from "@tensorflow/tfjs";

/** What a model carries from one batch to the next: tensors in plain objects and arrays, nested at will. */
export type State = tf.Tensor | readonly State[] | { readonly [name: string]: State };

/** What a batch must say to be trained on. */
export interface CarriedBatch {
  /** Whether the state at the end of the batch before is the one to begin with. */
  readonly isContinuation: boolean;
}

export interface LossResult<S extends State> {
  /** The mean loss over what counts, which is reported: in nats a token for a cross-entropy. */
  readonly meanLoss: tf.Scalar;
  /** What is differentiated. Default `meanLoss`. */
  readonly objective?: tf.Scalar;
  /** How many tokens, or values, the mean is over. */
  readonly count: number;
  /** The state after the batch. */
  readonly state: S;
}

/** What a loss is told while a model learns, and not while it is evaluated. */
export interface TrainingContext {
  /**
   * The source of dropout, zoneout and scheduled sampling. It depends on the seed of the run, the step and the batch within the
   * step alone, so that a run that is resumed draws what the unbroken one would have.
   */
  readonly generator: Generator;
  /** The index of the step, from 0. */
  readonly step: number;
}

/**
 * What `train` differentiates: the loss of a batch.
 *
 * @param state what the batch before left, or `null` at a beginning; borrowed. No gradient flows into it: that is what
 *   truncates back-propagation through time.
 * @param training given by `train`, and not by `evaluate`: without it nothing is random.
 */
export type Loss<Batch, S extends State> = (batch: Batch, state: S | null, training?: TrainingContext) => LossResult<S>;
