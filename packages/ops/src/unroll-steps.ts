import * as tf from "@tensorflow/tfjs";
import { checkLengths } from "./check-lengths.ts";
import { clearPadding } from "./clear-padding.ts";
import { stepMask, stepOrder } from "./sequence-steps.ts";
import { timeStep } from "./time-step.ts";

/** What a step makes; the output may be one of the tensors of the state. */
export interface Step {
  /** [B, O] */
  readonly output: tf.Tensor2D;
  readonly state: readonly tf.Tensor[];
}

export interface UnrollStepsArguments {
  /** [B, T, I]; borrowed, as the state. */
  readonly inputs: tf.Tensor3D;
  /** Each with the batch as its first axis. */
  readonly initialState: readonly tf.Tensor[];
  /** O, the width of the output. */
  readonly outputSize: number;
  /** [B], 0 to T. Default T for all. */
  readonly lengths?: ArrayLike<number> | undefined;
  /** Whether the steps run from each row's last one to its first. Default false. */
  readonly isReverse?: boolean | undefined;
}

/**
 * Any step over a whole sequence, one after the other, with the lengths and directions of `recurrent`: a row that has ended
 * keeps its state and gives zeros.
 *
 * @param step from the inputs [B, I] of time step t and the state before it; called in a tidy, in the order of the steps.
 * @returns outputs [B, T, O] and the state after each row's last step, owned by the caller.
 * @throws RangeError for a bad length.
 */
export function unrollSteps(
  step: (inputs: tf.Tensor2D, state: readonly tf.Tensor[], t: number) => Step,
  { inputs, initialState, outputSize, lengths, isReverse = false }: UnrollStepsArguments,
): { outputs: tf.Tensor3D; finalState: tf.Tensor[] } {
  const [batchSize, numSteps] = inputs.shape;
  const checked = checkLengths("unrollSteps", lengths, inputs.shape);
  return tf.tidy(() => {
    const cleared = clearPadding(inputs, checked);
    const zeros: tf.Tensor2D = tf.zeros([batchSize, outputSize]);
    const outputs: tf.Tensor2D[] = Array.from({ length: numSteps }, () => zeros);
    let state: tf.Tensor[] = initialState.map((tensor) => tf.clone(tensor)); // of no steps, the caller must own what it gets
    for (const t of stepOrder({ numSteps, lengths: checked, isReverse })) {
      const next = step(timeStep(cleared, t), state, t);
      const mask = stepMask(t, checked);
      outputs[t] = mask ? choose(mask, next.output, zeros) : next.output;
      const before = state;
      state = mask ? next.state.map((tensor, i) => choose(mask, tensor, before[i]!)) : [...next.state];
    }
    return {
      outputs: (numSteps > 0 ? tf.stack(outputs, 1) : tf.zeros([batchSize, 0, outputSize])) as tf.Tensor3D,
      finalState: state,
    };
  });
}

/** The rows of `moved` where the mask [B, 1] is 1, those of `held` elsewhere. */
function choose<T extends tf.Tensor>(mask: tf.Tensor2D, moved: T, held: T): T {
  const rows = tf.reshape(mask, [-1, ...moved.shape.slice(1).map(() => 1)]);
  return tf.where(tf.cast(rows, "bool"), moved, held);
}
