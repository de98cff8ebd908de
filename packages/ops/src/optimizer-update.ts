import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";
import { hasKernel, runKernel } from "./kernels.ts";

/** A parameter with its gradient and the moments that its optimizer keeps of it, all of one shape. */
export interface OptimizerTarget {
  /** Changed. */
  readonly parameter: tf.Variable;
  /** Borrowed. */
  readonly gradient: tf.Tensor;
  /** The momentum, or the mean of the gradients. Changed. */
  readonly first?: tf.Variable | undefined;
  /** The mean of the squared gradients, or, for `adagrad`, their sum; all but `sgd` need it. Changed. */
  readonly second?: tf.Variable | undefined;
}

export interface OptimizerUpdate {
  readonly kind: "sgd" | "adam" | "rmsprop" | "adagrad";
  /** lr; for `adam` with the correction of the first moment in it, lr/(1 − β₁ᵗ). */
  readonly learningRate: number;
  /** Multiplies the gradient first: what clipping by the norm comes to. Default 1. */
  readonly gradientScale?: number;
  /** λ, added to the gradient, times the parameter. Default 0. */
  readonly weightDecay?: number;
  /** Multiplies the parameter before the step: 1 − lr·λ for decoupled weight decay. Default 1. */
  readonly parameterScale?: number;
  /** β₁, the momentum or the decay of the first moment. Default 0. */
  readonly beta1?: number;
  /** What a gradient adds to the first moment: 1 − β₁, or, for `sgd`, 1 − dampening. Default 1 − β₁. */
  readonly gradientWeight?: number;
  /** β₂, the decay of the second moment. Default 0. */
  readonly beta2?: number;
  /** ε, added to the root. Default 0. */
  readonly epsilon?: number;
  /** Multiplies the root of the second moment: 1/√(1 − β₂ᵗ) for `adam`. Default 1. */
  readonly rootScale?: number;
  /** For `sgd` with a momentum. Default false. */
  readonly isNesterov?: boolean;
}

/**
 * One step of an optimizer over all parameters at once. With g the scaled gradient, plus weight decay:
 *
 * - `sgd`: v ← β₁·v + w·g where there is a momentum v; θ ← s·θ − lr·(v, or g + β₁·v for Nesterov's, or g without a momentum);
 * - `adam`: m ← β₁·m + w·g; v ← β₂·v + (1 − β₂)·g²; θ ← s·θ − lr·m/(√v·rootScale + ε);
 * - `rmsprop`: v as in `adam`; u = g/(√v + ε), with a momentum m ← β₁·m + u; θ ← s·θ − lr·(u, or m);
 * - `adagrad`: v ← v + g²; the rest as in `rmsprop`.
 *
 * @throws ShapeError when a target's tensors have not one shape; RangeError when a second moment is missing.
 */
export function optimizerUpdate(targets: readonly OptimizerTarget[], update: OptimizerUpdate): void {
  for (const target of targets) checkTarget(target, update);
  if (targets.length === 0) return;
  const complete = complemented(update);
  if (!hasKernel("optimizerUpdate")) {
    for (const target of targets) tf.tidy(() => composedUpdate(target, complete));
    return;
  }
  const inputs: Record<number, tf.Tensor> = {};
  for (let i = 0; i < targets.length; i++) {
    const { parameter, gradient, first, second } = targets[i]!;
    ownValues(parameter);
    if (first) ownValues(first);
    if (second) ownValues(second);
    inputs[4 * i] = parameter;
    inputs[4 * i + 1] = gradient;
    if (first) inputs[4 * i + 2] = first;
    if (second) inputs[4 * i + 3] = second;
  }
  tf.dispose(runKernel("optimizerUpdate", inputs, { ...complete, numTargets: targets.length }));
}

function checkTarget({ parameter, gradient, first, second }: OptimizerTarget, { kind }: OptimizerUpdate): void {
  checkTensor("gradient", gradient, parameter);
  checkTensor("first", first, parameter);
  checkTensor("second", second, parameter);
  if (kind !== "sgd" && !second) {
    throw new RangeError(`optimizerUpdate: second must be there for ${kind}, got none`);
  }
}

function checkTensor(name: string, tensor: tf.Tensor | undefined, parameter: tf.Variable): void {
  if (!tensor || (!tensor.isDisposed && hasShapeOf(tensor, parameter))) return;
  checkShape(`optimizerUpdate: ${name}`, tensor, axesOf(parameter));
}

function hasShapeOf({ shape }: tf.Tensor, parameter: tf.Variable): boolean {
  return shape.length === parameter.shape.length && shape.every((size, axis) => size === parameter.shape[axis]);
}

function axesOf({ shape }: tf.Tensor): Record<string, number> {
  return Object.fromEntries(shape.map((size, axis) => [`axis${axis}`, size]));
}

function complemented({
  kind,
  learningRate,
  gradientScale = 1,
  weightDecay = 0,
  parameterScale = 1,
  beta1 = 0,
  gradientWeight = 1 - beta1,
  beta2 = 0,
  epsilon = 0,
  rootScale = 1,
  isNesterov = false,
}: OptimizerUpdate): Required<OptimizerUpdate> {
  return {
    kind,
    learningRate,
    gradientScale,
    weightDecay,
    parameterScale,
    beta1,
    gradientWeight,
    beta2,
    epsilon,
    rootScale,
    isNesterov,
  };
}

/** The kernel changes values in place: a variable that shares them with another tensor, a clone say, gets its own first. */
function ownValues(variable: tf.Variable): void {
  if (tf.backend().refCount(variable.dataId) === 1) return;
  const copy = tf.add(variable, 0);
  variable.assign(copy);
  copy.dispose();
}

function composedUpdate(
  { parameter, gradient, first, second }: OptimizerTarget,
  update: Required<OptimizerUpdate>,
): void {
  const { kind, learningRate, gradientScale, weightDecay, parameterScale, beta1, gradientWeight, beta2 } = update;
  const scaled = gradientScale === 1 ? gradient : tf.mul(gradient, gradientScale);
  const g = weightDecay === 0 ? scaled : tf.add(scaled, tf.mul(parameter, weightDecay));
  const theta = parameterScale === 1 ? parameter : tf.mul(parameter, parameterScale);
  const mean = (variable: tf.Variable, value: tf.Tensor, decay: number, weight: number) => {
    variable.assign(tf.add(tf.mul(variable, decay), tf.mul(value, weight)));
    return variable as tf.Tensor;
  };
  let step = g;
  if (kind === "sgd") {
    if (first) {
      const momentum = mean(first, g, beta1, gradientWeight);
      step = update.isNesterov ? tf.add(g, tf.mul(momentum, beta1)) : momentum;
    }
  } else {
    const numerator = kind === "adam" ? mean(first!, g, beta1, gradientWeight) : g;
    const [decay, weight] = kind === "adagrad" ? [1, 1] : [beta2, 1 - beta2];
    const root = tf.sqrt(mean(second!, tf.square(g), decay, weight));
    step = tf.div(numerator, tf.add(tf.mul(root, update.rootScale), update.epsilon));
    if (kind !== "adam" && first) step = mean(first, step, beta1, 1);
  }
  parameter.assign(tf.sub(theta, tf.mul(step, learningRate)) as tf.Tensor);
}
