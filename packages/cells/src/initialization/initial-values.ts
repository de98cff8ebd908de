import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { Parameters } from "../cell.ts";
import { parameterShapes, type CellForm } from "../cells/cell-form.ts";
import { glorotUniformVariable } from "./glorot-uniform-variable.ts";
import { normalVariable } from "./normal-variable.ts";
import { orthogonalVariable } from "./orthogonal-variable.ts";
import { uniformVariable } from "./uniform-variable.ts";

export const INITIALIZATIONS = ["pytorch", "keras", "d2l"] as const;

/**
 * How the parameters of a cell begin. `pytorch`: all from U(−1/√H, 1/√H). `keras`: weights of the input Glorot uniform, of the
 * hidden state orthogonal, biases 0 but for the forget gate's, which is 1. `d2l`: weights from N(0, 0.01²), biases 0. Gains of
 * layer normalisation begin with 1 in each.
 */
export type Initialization = (typeof INITIALIZATIONS)[number];

interface InitialOptions {
  readonly generator: Generator;
  readonly initialization?: Initialization;
  readonly forgetBias?: number;
}

/** The parameters of a cell as variables that the caller owns. */
export function initialParameters(
  form: CellForm,
  { generator, initialization = "pytorch", forgetBias }: InitialOptions,
): Parameters {
  const entries = Object.entries(parameterShapes(form)).map(([name, shape]) => {
    if (name.startsWith("norm")) return [name, constant(shape, name.endsWith("bias") ? 0 : 1)] as const;
    return [name, DRAW[initialization](generator, { name, shape, hiddenSize: form.hiddenSize })] as const;
  });
  const parameters = Object.fromEntries(entries);
  const forget = forgetBias ?? (initialization === "keras" ? 1 : undefined);
  if (form.kind === "lstm" && forget !== undefined) setForgetBias(form, parameters, forget);
  return parameters;
}

interface Drawn {
  readonly name: string;
  readonly shape: readonly number[];
  readonly hiddenSize: number;
}

const DRAW: Record<Initialization, (generator: Generator, drawn: Drawn) => tf.Variable> = {
  pytorch: (generator, { shape, hiddenSize }) =>
    uniformVariable(generator, { shape, bound: 1 / Math.sqrt(hiddenSize) }),
  keras(generator, { name, shape }) {
    if (shape.length === 1) return constant(shape, 0);
    const sizes = { shape: shape as readonly [number, number] };
    return name === "weight_hh" ? orthogonalVariable(generator, sizes) : glorotUniformVariable(generator, sizes);
  },
  d2l: (generator, { name, shape }) =>
    name.startsWith("bias") ? constant(shape, 0) : normalVariable(generator, { shape, standardDeviation: 0.01 }),
};

/** The gate has one bias then: that of the other product becomes 0 for it. */
function setForgetBias({ hiddenSize }: CellForm, parameters: Parameters, value: number): void {
  for (const [name, bias] of [
    ["bias_ih", value],
    ["bias_hh", 0],
  ] as const) {
    const variable = parameters[name];
    if (!variable) continue;
    const values = variable
      .dataSync()
      .slice()
      .fill(bias, hiddenSize, 2 * hiddenSize);
    tf.tidy(() => variable.assign(tf.tensor1d(values, "float32")));
  }
}

function constant(shape: readonly number[], value: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.fill([...shape], value)));
}
