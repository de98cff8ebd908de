import * as tf from "@tensorflow/tfjs";
import { checkState, checkWeights } from "./check-recurrent.ts";
import { checkShape } from "./check-shape.ts";
import { GATE_EQUATIONS, type GateEquations } from "./gate-equations.ts";
import type { RecurrentKind, RecurrentState, RecurrentWeights } from "./recurrent-kind.ts";
import { stateFromList, stateToList } from "./state-list.ts";
import { sumRows } from "./sum-rows.ts";
import { weightGradient } from "./weight-gradient.ts";
import { withGradient } from "./with-gradient.ts";

export interface RecurrentArguments<Kind extends RecurrentKind> {
  /** [B, T, I]; T may be 0. */
  readonly inputs: tf.Tensor3D;
  /** Each [B, H]. */
  readonly initialState: RecurrentState<Kind>;
  readonly weights: RecurrentWeights;
}

export interface RecurrentResult<Kind extends RecurrentKind> {
  /** [B, T, H]: the hidden state after each step. */
  readonly outputs: tf.Tensor3D;
  /** The state after the last step. */
  readonly finalState: RecurrentState<Kind>;
}

/**
 * A whole sequence of steps of a recurrent net in one operation, with back-propagation through time as its own gradient.
 *
 * The tape holds one node instead of about 140 a step, and each weight gradient is one product over all steps. Values and
 * gradients equal those of `recurrentReference`, which is slower but can be differentiated twice; this one can not.
 *
 * @param kind `rnn-tanh`, `rnn-relu`, `gru` (reset after the product, as PyTorch) or `lstm`.
 * @returns tensors that the caller owns; the arguments are borrowed. Differentiable with respect to all of them.
 * @throws ShapeError when the shapes do not fit.
 */
export function recurrent<Kind extends RecurrentKind>(
  kind: Kind,
  { inputs, initialState, weights }: RecurrentArguments<Kind>,
): RecurrentResult<Kind> {
  const initial = stateToList(kind, initialState);
  checkWeights("recurrent", kind, weights);
  checkShape("recurrent: inputs", inputs, { B: undefined, T: undefined, I: weights.inputWeight.shape[1] });
  checkState("recurrent: initialState", initial, inputs.shape[0], weights);
  const [outputs, ...finalState] = unroll(GATE_EQUATIONS[kind], inputs, initial, weights);
  return { outputs: outputs as tf.Tensor3D, finalState: stateFromList(kind, finalState as tf.Tensor2D[]) };
}

function unroll(
  equations: GateEquations,
  inputs: tf.Tensor3D,
  initial: tf.Tensor[],
  { inputWeight, recurrentWeight, inputBias, recurrentBias }: RecurrentWeights,
): tf.Tensor[] {
  const [batchSize, numSteps, inputSize] = inputs.shape;
  const hiddenSize = recurrentWeight.shape[1];
  if (batchSize * numSteps === 0) {
    return [tf.zeros([batchSize, numSteps, hiddenSize]), ...initial.map((tensor) => tf.clone(tensor))];
  }
  const { numSaved, isAdditive } = equations;
  return withGradient({
    inputs: {
      inputs,
      inputWeight,
      recurrentWeight,
      ...(inputBias && { inputBias }),
      ...(recurrentBias && { recurrentBias }),
      ...Object.fromEntries(initial.map((tensor, i) => [`state${i}`, tensor])),
    },
    forward(save) {
      const flatInputs = timeMajor(inputs); // [T·B, I]
      const inputTransposed = tf.transpose(inputWeight); // [I, G·H]
      const recurrentTransposed = tf.transpose(recurrentWeight); // [H, G·H]
      const states: tf.Tensor[][] = [initial];
      const saved: tf.Tensor[] = [];
      for (let t = 0; t < numSteps; t++) {
        const step = tf.tidy(() => {
          // Step by step: wasm's slice copies its whole operand, and the inputs are narrower than their projection.
          const input = project(stepRows(flatInputs, t, batchSize), inputTransposed, inputBias);
          const recurrentProjection = project(states[t]![0]!, recurrentTransposed, recurrentBias);
          return equations.forward(input, recurrentProjection, states[t]!);
        });
        states.push(step.state);
        saved.push(...step.saved);
      }
      save([flatInputs, ...saved, ...states.flat()]);
      const outputs = tf.stack(
        states.slice(1).map(([hidden]) => hidden!),
        1,
      );
      return [outputs, ...states[numSteps]!.map((tensor) => tf.clone(tensor))];
    },
    backward([outputGradient, ...finalGradient], [flatInputs, ...kept]) {
      const saved = chunks(kept.slice(0, numSteps * numSaved), numSaved);
      const states = chunks(kept.slice(numSteps * numSaved), initial.length);
      const outputGradients = timeMajor(outputGradient as tf.Tensor3D); // [T·B, H]
      const inputGates: tf.Tensor[] = [];
      const recurrentGates: tf.Tensor[] = [];
      let stateGradient = finalGradient;
      for (let t = numSteps - 1; t >= 0; t--) {
        const step = tf.tidy(() => {
          const [fromLater, ...rest] = stateGradient;
          const hiddenGradient = tf.add(fromLater!, stepRows(outputGradients, t, batchSize));
          const gates = equations.backward([hiddenGradient, ...rest], saved[t]!, states[t]!);
          const through = tf.matMul(gates.recurrent, recurrentWeight);
          const [direct, ...others] = gates.state;
          return { ...gates, state: [direct ? tf.add(direct, through) : through, ...others] as tf.Tensor[] };
        });
        if (t < numSteps - 1) tf.dispose(stateGradient);
        stateGradient = step.state;
        inputGates[t] = step.input;
        recurrentGates[t] = step.recurrent;
      }
      const inputGradient = tf.concat(inputGates); // [T·B, G·H]
      const recurrentGradient = isAdditive ? inputGradient : tf.concat(recurrentGates);
      tf.dispose([inputGates, recurrentGates]);
      return {
        inputs: () => batchMajor(tf.matMul(inputGradient, inputWeight), [batchSize, numSteps, inputSize]),
        inputWeight: () => weightGradient(inputGradient, flatInputs!),
        recurrentWeight: () =>
          weightGradient(recurrentGradient, tf.concat(states.slice(0, numSteps).map(([hidden]) => hidden!))),
        inputBias: () => sumRows(inputGradient),
        recurrentBias: () => sumRows(recurrentGradient),
        ...Object.fromEntries(stateGradient.map((tensor, i) => [`state${i}`, () => tensor])),
      };
    },
  });
}

function project(rows: tf.Tensor, transposed: tf.Tensor, bias: tf.Tensor | undefined): tf.Tensor2D {
  const product: tf.Tensor2D = tf.matMul(rows, transposed);
  return bias ? tf.add(product, bias) : product;
}

/** [B, T, N] -> [T·B, N] */
function timeMajor(tensor: tf.Tensor3D): tf.Tensor2D {
  return tf.tidy(() => tf.reshape<tf.Rank.R2>(tf.transpose(tensor, [1, 0, 2]), [-1, tensor.shape[2]]));
}

/** [T·B, N] -> [B, T, N] */
function batchMajor(tensor: tf.Tensor, [batchSize, numSteps, size]: [number, number, number]): tf.Tensor3D {
  return tf.tidy(() => tf.transpose(tf.reshape(tensor, [numSteps, batchSize, size]), [1, 0, 2])) as tf.Tensor3D;
}

/** The rows of step t: [T·B, N] -> [B, N]. */
function stepRows(tensor: tf.Tensor2D, t: number, batchSize: number): tf.Tensor2D {
  return tf.slice(tensor, [t * batchSize, 0], [batchSize, -1]);
}

function chunks(tensors: tf.Tensor[], size: number): tf.Tensor[][] {
  return Array.from({ length: tensors.length / size }, (_, i) => tensors.slice(i * size, (i + 1) * size));
}
