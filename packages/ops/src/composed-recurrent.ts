import * as tf from "@tensorflow/tfjs";
import { GATE_EQUATIONS } from "./gate-equations.ts";
import { inputProjection, inputWeightGradient, timeMajorInputs } from "./input-rows.ts";
import { NUM_STATES, type RecurrentKind, type RecurrentWeights } from "./recurrent-kind.ts";
import { stepMask, stepOrder, type SequenceShape } from "./sequence-steps.ts";
import { sumRows } from "./sum-rows.ts";
import { batchMajor, stepRows, timeMajor } from "./time-major.ts";
import { weightGradient } from "./weight-gradient.ts";
import { zeroStateList } from "./state-list.ts";
import { withGradient } from "./with-gradient.ts";

export interface SequenceArguments {
  /** [B, T, I], or ids [B, T] that stand for one-hot rows of width I. */
  readonly inputs: tf.Tensor3D | tf.Tensor2D;
  /** The state before the first step, each [B, H], the hidden state first; `undefined` where it is zeros. */
  readonly initial: readonly tf.Tensor2D[] | undefined;
  readonly weights: RecurrentWeights;
  /** [B], each from 0 to T; `undefined` where every row has T steps. */
  readonly lengths: Int32Array | undefined;
  readonly isReverse: boolean;
}

/**
 * One layer in one direction over a whole sequence, and back, out of ordinary TensorFlow.js operations, with one node on the
 * tape. It trusts its arguments.
 *
 * @returns the outputs [B, T, H], then the tensors of the state after each row's own last step.
 */
export function composedRecurrent(
  kind: RecurrentKind,
  { inputs, initial, weights, lengths, isReverse }: SequenceArguments,
): tf.Tensor[] {
  const { inputWeight, recurrentWeight, inputBias, recurrentBias } = weights;
  const [batchSize, numSteps] = inputs.shape;
  const [inputSize, hiddenSize] = [inputWeight.shape[1], recurrentWeight.shape[1]];
  const sequence: SequenceShape = { numSteps, lengths, isReverse };
  const order = stepOrder(sequence);
  const before = () => initial ?? zeroStateList(kind, { batchSize, hiddenSize });
  if (batchSize * order.length === 0) {
    return tf.tidy(() => [tf.zeros([batchSize, numSteps, hiddenSize]), ...before().map((tensor) => tf.clone(tensor))]);
  }
  const equations = GATE_EQUATIONS[kind];
  /** A tensor for each time step, zeros where there was none. */
  const everyStep = (tensors: ReadonlyMap<number, tf.Tensor>): tf.Tensor[] => {
    const missing = tensors.size < numSteps ? tf.zerosLike(tensors.get(order[0]!)!) : undefined;
    return Array.from({ length: numSteps }, (_, t) => tensors.get(t) ?? missing!);
  };
  return withGradient({
    inputs: {
      ...(inputs.rank === 3 && { inputs }),
      inputWeight,
      recurrentWeight,
      ...(inputBias && { inputBias }),
      ...(recurrentBias && { recurrentBias }),
      ...Object.fromEntries((initial ?? []).map((tensor, i) => [`state${i}`, tensor])),
    },
    forward(save) {
      const rows = timeMajorInputs(inputs, sequence); // [T·B, I], or ids [T·B]
      const project = inputProjection(rows, tf.transpose(inputWeight), batchSize);
      const recurrentTransposed = tf.transpose(recurrentWeight); // [H, G·H]
      const states: (readonly tf.Tensor[])[] = [before()];
      const saved: tf.Tensor[] = [];
      const outputs = new Map<number, tf.Tensor>();
      for (const [i, t] of order.entries()) {
        const state = states[i] as tf.Tensor[];
        const step = tf.tidy(() => {
          const input = addBias(project(t), inputBias);
          const recurrent = addBias(tf.matMul(state[0]!, recurrentTransposed), recurrentBias);
          const next = equations.forward(input, recurrent, state);
          const mask = stepMask(t, lengths);
          if (!mask) return { ...next, output: next.state[0]! };
          const moved = next.state.map((tensor) => tf.mul(tensor, mask));
          return { state: addUnmasked(moved, state, mask), saved: next.saved, output: moved[0]! };
        });
        states.push(step.state);
        saved.push(...step.saved);
        outputs.set(t, step.output);
      }
      save([inputWeight, recurrentWeight, rows, ...saved, ...states.flat()]);
      return [tf.stack(everyStep(outputs), 1), ...states.at(-1)!.map((tensor) => tf.clone(tensor))];
    },
    backward([outputGradient, ...finalGradient], [savedInputWeight, savedRecurrentWeight, rows, ...kept]) {
      const { numSaved, isAdditive } = equations;
      const saved = chunks(kept.slice(0, order.length * numSaved), numSaved);
      const states = chunks(kept.slice(order.length * numSaved), NUM_STATES[kind]);
      const outputGradients = timeMajor(outputGradient ?? tf.zeros([batchSize, numSteps, hiddenSize])); // [T·B, H]
      const inputGates = new Map<number, tf.Tensor>();
      const recurrentGates = new Map<number, tf.Tensor>();
      let stateGradient = finalGradient.map((tensor) => tensor ?? tf.zeros([batchSize, hiddenSize]));
      for (const [i, t] of [...order.entries()].reverse()) {
        const step = tf.tidy(() => {
          const [fromLater, ...rest] = stateGradient;
          const gradient = [tf.add(fromLater!, stepRows(outputGradients, t, batchSize)), ...rest];
          const mask = stepMask(t, lengths);
          const moved = mask ? gradient.map((tensor) => tf.mul(tensor, mask)) : gradient;
          const gates = equations.backward(moved, saved[i]!, states[i]!);
          const through = tf.matMul(gates.recurrent, savedRecurrentWeight!);
          const [direct, ...others] = gates.state;
          const before = [direct ? tf.add(direct, through) : through, ...others] as tf.Tensor[];
          return { ...gates, state: mask ? addUnmasked(before, stateGradient, mask) : before };
        });
        if (i < order.length - 1) tf.dispose(stateGradient);
        stateGradient = step.state;
        inputGates.set(t, step.input);
        recurrentGates.set(t, step.recurrent);
      }
      const inputGradient = tf.concat2d(everyStep(inputGates) as tf.Tensor2D[], 0); // [T·B, G·H]
      const recurrentGradient = isAdditive ? inputGradient : tf.concat(everyStep(recurrentGates));
      tf.dispose([...inputGates.values(), ...recurrentGates.values()]);
      const hiddenBefore = new Map(order.map((t, i) => [t, states[i]![0]!]));
      return {
        inputs: () => batchMajor(tf.matMul(inputGradient, savedInputWeight!), [batchSize, numSteps]),
        inputWeight: () => inputWeightGradient(inputGradient, rows!, inputSize),
        recurrentWeight: () => weightGradient(recurrentGradient, tf.concat(everyStep(hiddenBefore))),
        inputBias: () => sumRows(inputGradient),
        recurrentBias: () => sumRows(recurrentGradient),
        ...Object.fromEntries(stateGradient.map((tensor, i) => [`state${i}`, () => tensor])),
      };
    },
  });
}

function addBias(product: tf.Tensor, bias: tf.Tensor1D | undefined): tf.Tensor {
  return bias ? tf.add(product, bias) : product;
}

/** `masked`, which is 0 where the mask is, with the rows of `others` there. */
function addUnmasked(masked: readonly tf.Tensor[], others: readonly tf.Tensor[], mask: tf.Tensor): tf.Tensor[] {
  const rest = tf.sub(1, mask);
  return masked.map((tensor, i) => tf.add(tensor, tf.mul(others[i]!, rest)));
}

function chunks(tensors: readonly tf.Tensor[], size: number): tf.Tensor[][] {
  return Array.from({ length: tensors.length / size }, (_, i) => tensors.slice(i * size, (i + 1) * size));
}
