import { ShapeError } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState, SequenceInputs, SequenceNetwork, Unrolled } from "../cell.ts";
import { read } from "./read.ts";

export interface UnrollOptions<State extends CellState> {
  /** The state before the first step; borrowed. Default `network.zeroState(B)`. */
  readonly initialState?: State;
  /** [B]: how many steps each row has, 0 to T. Default T for all. */
  readonly lengths?: ArrayLike<number>;
  /** Whether the steps run from each row's last one to its first. Default false. */
  readonly isReverse?: boolean;
  /** Whether dropout drops and zoneout draws. Default false: evaluation. */
  readonly isTraining?: boolean;
  /** Draws the masks in training; without dropout and zoneout none is needed. */
  readonly generator?: Generator;
}

/**
 * Runs a network over a batch of sequences: through its own `unroll` where it has one, step by step otherwise, with the same
 * numbers, in training too, where the masks are drawn before the first step.
 *
 * @param inputs [B, T, I], or ids [B, T] of int32 from 0 to I − 1 in place of one-hot rows; borrowed.
 * @returns outputs [B, T, H] and the state after each row's last step, both owned by the caller.
 * @throws ShapeError when the inputs do not fit; RangeError for a bad length; TypeError when a network with dropout is trained
 *   without a generator.
 */
export function unroll<State extends CellState>(
  network: Cell<State> | SequenceNetwork<State>,
  inputs: SequenceInputs,
  { initialState, lengths, isReverse = false, isTraining = false, generator }: UnrollOptions<State> = {},
): Unrolled<State> {
  const { inputSize } = network;
  if (inputs.rank !== 2 && (inputs.rank !== 3 || inputs.shape[2] !== inputSize)) {
    throw new ShapeError(
      `unroll: inputs must have shape [B, T, I=${inputSize}] or, as ids, [B, T], got [${inputs.shape.join(", ")}]`,
    );
  }
  if (inputs.rank === 2 && inputs.dtype !== "int32") {
    throw new TypeError(`unroll: inputs must be int32 as [B, T] ids, got ${inputs.dtype}`);
  }
  if (isTraining && network.drawNoise && !generator) {
    throw new TypeError("unroll: generator must be given to train a network with dropout or zoneout, got none");
  }
  const reading = { initialState, lengths, isReverse };
  if (!isTraining || !network.drawNoise) return read(network, inputs, { ...reading, noise: undefined });
  const [batchSize, numSteps] = inputs.shape;
  return tf.tidy(() => {
    const noise = network.drawNoise!(generator!, { batchSize, numSteps });
    return read(network, inputs, { ...reading, noise }) as unknown as tf.TensorContainer;
  }) as unknown as Unrolled<State>;
}
