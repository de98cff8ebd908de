import { glorotUniformVariable, normalVariable, uniformVariable, type Initialization } from "@rnnkit/cells";
import { affine } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { NamedShape } from "../bundle/model-type.ts";
import type { Module } from "./modules.ts";

interface LinearSizes {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly hasBias?: boolean;
}

/** A linear layer, PyTorch's `nn.Linear`. */
export interface Linear extends Module {
  /** [O, I] */
  readonly weight: tf.Tensor2D;
  /** [O] */
  readonly bias: tf.Tensor1D | undefined;
  /** [N, I], or [B, T, I] of N = B·T rows, to [N, O]. */
  apply(rows: tf.Tensor2D | tf.Tensor3D): tf.Tensor2D;
}

/**
 * `pytorch`: weight and bias from U(−1/√I, 1/√I). `keras`: weight Glorot uniform, bias 0. `d2l`: weight from N(0, 0.01²),
 * bias 0.
 *
 * @param options tied: a weight [O, I] that belongs to another part, and is not drawn.
 */
export function linear(
  generator: Generator,
  {
    inputSize,
    outputSize,
    hasBias = true,
    initialization = "pytorch",
    tied,
  }: LinearSizes & {
    readonly initialization?: Initialization | undefined;
    readonly tied?: tf.Variable<tf.Rank.R2> | undefined;
  },
): Linear {
  const bound = 1 / Math.sqrt(inputSize);
  const own = tied ? undefined : (DRAW[initialization](generator, [outputSize, inputSize]) as tf.Variable<tf.Rank.R2>);
  const weight = (tied ?? own)!;
  const bias = hasBias
    ? ((initialization === "pytorch"
        ? uniformVariable(generator, { shape: [outputSize], bound })
        : tf.tidy(() => tf.variable(tf.zeros([outputSize])))) as tf.Variable<tf.Rank.R1>)
    : undefined;
  return {
    weight,
    bias,
    parameters: { ...(own && { weight: own }), ...(bias && { bias }) },
    apply: (rows) =>
      affine(rows.rank === 3 ? tf.reshape(rows, [-1, inputSize]) : (rows as tf.Tensor2D), { weight, bias }),
    dispose: () => tf.dispose([own, bias] as tf.Tensor[]),
  };
}

const DRAW: Record<Initialization, (generator: Generator, shape: readonly [number, number]) => tf.Variable> = {
  pytorch: (generator, shape) => uniformVariable(generator, { shape, bound: 1 / Math.sqrt(shape[1]) }),
  keras: (generator, shape) => glorotUniformVariable(generator, { shape }),
  d2l: (generator, shape) => normalVariable(generator, { shape, standardDeviation: 0.01 }),
};

/** The parameters of a linear layer that is called `name` in its model. */
export function linearShapes(name: string, { inputSize, outputSize, hasBias = true }: LinearSizes): NamedShape[] {
  const weight: NamedShape = [`${name}.weight`, [outputSize, inputSize]];
  return hasBias ? [weight, [`${name}.bias`, [outputSize]]] : [weight];
}
