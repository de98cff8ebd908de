import { globalNorm } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { CarriedState } from "./carried-state.ts";
import { clippingScale } from "./clip-by-global-norm.ts";
import type { CarriedBatch, Loss, State, TrainingContext } from "./loss.ts";
import type { Optimizer, Parameters } from "./optimizer.ts";
import { readScalar } from "./read-scalar.ts";

interface TrainStepArguments<Batch extends CarriedBatch, S extends State> {
  readonly parameters: Parameters;
  readonly loss: Loss<Batch, S>;
  readonly optimizer: Optimizer;
  readonly maxGradientNorm: number;
  readonly carried: CarriedState<S>;
  readonly training: TrainingContext;
}

interface TrainStepResult {
  /** The mean loss of the batch before the step. */
  readonly meanLoss: number;
  readonly count: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/** Learns from one batch; where its loss or gradients are not finite, it throws and leaves the parameters alone. */
export async function trainStep<Batch extends CarriedBatch, S extends State>(
  batch: Batch,
  { parameters, loss, optimizer, maxGradientNorm, carried, training }: TrainStepArguments<Batch, S>,
): Promise<TrainStepResult> {
  let count = 0;
  const { mean, gradients, norm } = tf.tidy(() => {
    let separateMean: tf.Scalar | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const result = loss(batch, carried.before(batch), training);
      carried.replace(result.state);
      count = result.count;
      if (result.objective) separateMean = tf.keep(tf.clone(result.meanLoss));
      return result.objective ?? result.meanLoss;
    }, Object.values(parameters));
    const named = Object.entries(parameters).flatMap(([name, variable]) => {
      const gradient = grads[variable.name]; // none where the loss does not depend on the parameter
      return gradient ? [[name, gradient] as const] : [];
    });
    const norm = globalNorm(named.map(([, gradient]) => gradient));
    return { mean: separateMean ?? value, gradients: Object.fromEntries(named) as tf.NamedTensorMap, norm };
  });
  try {
    // Read before the step is made, for it must not be made with what is not finite; reading may be asynchronous.
    const [meanLoss, gradientNorm] = await Promise.all([readScalar(mean), readScalar(norm)]);
    if (!Number.isFinite(meanLoss + gradientNorm)) {
      throw new RangeError(
        `train: loss and gradients must be finite, got a loss of ${meanLoss} and a gradient norm of ${gradientNorm}`,
      );
    }
    optimizer.update(parameters, gradients, {
      gradientScale: clippingScale(gradientNorm, { maxNorm: maxGradientNorm }),
    });
    return { meanLoss, count, gradientNorm };
  } finally {
    tf.dispose(gradients);
  }
}
