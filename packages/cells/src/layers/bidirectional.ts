import { ShapeError } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState, DrawNoise, Noise, SequenceNetwork, Unrolled } from "../cell.ts";
import { read } from "./read.ts";

/** The states of both directions. */
export type BidirectionalState<State extends CellState> = {
  /** After each row's last step. */
  readonly forward: State;
  /** After each row's first step, at which this direction ends. */
  readonly backward: State;
};

/**
 * Two cells over the same sequence, one from each row's first step to its last, the other from its last to its first, with
 * their outputs of each time step side by side: [B, T, 2H], forward first, as in PyTorch.
 *
 * The backward cell's parameter `name` is called `name_reverse`.
 *
 * @param cells owned by the result from now on, which disposes them.
 * @throws ShapeError when the two do not read inputs of one width.
 * @see Schuster and Paliwal, "Bidirectional Recurrent Neural Networks" (1997).
 */
export function bidirectional<State extends CellState>(cells: {
  readonly forward: Cell<State>;
  readonly backward: Cell<State>;
}): SequenceNetwork<BidirectionalState<State>> {
  const { forward, backward } = cells;
  if (forward.inputSize !== backward.inputSize) {
    throw new ShapeError(
      `bidirectional: backward must have the inputSize ${forward.inputSize} of forward, got ${backward.inputSize}`,
    );
  }
  const hasNoise = forward.drawNoise ?? backward.drawNoise;
  return {
    inputSize: forward.inputSize,
    outputSize: forward.outputSize + backward.outputSize,
    get parameters() {
      const reverse = Object.entries(backward.parameters).map(([name, variable]) => [`${name}_reverse`, variable]);
      return { ...forward.parameters, ...Object.fromEntries(reverse) };
    },
    ...(hasNoise && {
      drawNoise: (generator: Generator, sizes: Parameters<DrawNoise>[1]): BothNoise => ({
        forward: forward.drawNoise?.(generator, sizes) ?? {},
        backward: backward.drawNoise?.(generator, sizes) ?? {},
      }),
    }),
    zeroState: (batchSize) => ({ forward: forward.zeroState(batchSize), backward: backward.zeroState(batchSize) }),
    unroll(inputs, { initialState, lengths, isReverse, noise }) {
      if (isReverse) throw new RangeError("unroll: isReverse must be false for a network of both directions, got true");
      const masks = noise as BothNoise | undefined;
      return tf.tidy(() => {
        const run = (name: "forward" | "backward") =>
          read(cells[name], inputs, {
            initialState: initialState?.[name],
            lengths,
            isReverse: name === "backward",
            noise: masks?.[name],
          });
        const [ahead, back] = [run("forward"), run("backward")];
        const state = { forward: ahead.state, backward: back.state };
        return { outputs: tf.concat([ahead.outputs, back.outputs], 2), state: state as tf.TensorContainerObject };
      }) as unknown as Unrolled<BidirectionalState<State>>;
    },
    dispose() {
      forward.dispose();
      backward.dispose();
    },
  };
}

type BothNoise = { readonly forward: Noise; readonly backward: Noise };
