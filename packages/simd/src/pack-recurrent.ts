import { checkLength } from "./check-length.ts";
import { checkNumbers } from "./check-numbers.ts";
import { packGateWeight } from "./pack-gate-weight.ts";
import { GATE_BLOCKS, type RecurrentSizes } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";

/** The parameters of a layer, in PyTorch's layout and order of gates. */
export interface RecurrentParameters {
  /** [G·H, I] */
  readonly inputWeight: SimdArray;
  /** [G·H, H] */
  readonly recurrentWeight: SimdArray;
  /** [G·H]; default 0 */
  readonly inputBias?: SimdArray | undefined;
  /** [G·H]; default 0 */
  readonly recurrentBias?: SimdArray | undefined;
}

/** The same as the forward kernel reads them. */
export interface PackedRecurrent {
  /** A table of rows where the inputs are ids. */
  readonly inputWeight: SimdArray;
  readonly recurrentWeight: SimdArray;
  readonly bias: SimdArray;
}

/**
 * Packs the parameters of a layer for `recurrentForward`: for one pass while they change, for many while they do not.
 *
 * @returns arrays that the caller frees, by `freePacked`.
 * @throws RangeError when a parameter holds a NaN or too little, or memory is exhausted.
 */
export function packRecurrent(
  simd: Simd,
  { kind, inputSize, hiddenSize, hasIds }: Pick<RecurrentSizes, "kind" | "inputSize" | "hiddenSize" | "hasIds">,
  parameters: RecurrentParameters,
): PackedRecurrent {
  const blocks = GATE_BLOCKS[kind];
  const rows = blocks.recurrent.length * hiddenSize;
  const lengths = {
    inputWeight: rows * inputSize,
    recurrentWeight: rows * hiddenSize,
    inputBias: rows,
    recurrentBias: rows,
  };
  for (const [name, length] of Object.entries(lengths) as [keyof RecurrentParameters, number][]) {
    checkLength(`recurrent: weights.${name}`, parameters[name], length);
  }
  const { inputWeight, recurrentWeight, inputBias, recurrentBias } = parameters;
  checkNumbers(simd, "recurrent: weights", { inputWeight, recurrentWeight, inputBias, recurrentBias });
  const made: SimdArray[] = [];
  const keep = (array: SimdArray) => {
    made.push(array);
    return array;
  };
  try {
    const height = Math.ceil(hiddenSize / 8) * 8;
    const bias = keep(simd.allocate(blocks.numBlocks * height));
    const sums = simd.floats(bias).fill(0);
    const add = (parameter: SimdArray | undefined, order: readonly number[], firstBlock: number) => {
      if (!parameter) return;
      const values = simd.floats(parameter);
      for (const [i, block] of order.entries()) {
        const begin = (firstBlock + i) * height;
        for (let unit = 0; unit < hiddenSize; unit++) sums[begin + unit]! += values[block * hiddenSize + unit]!;
      }
    };
    add(parameters.inputBias, blocks.input, 0);
    add(parameters.recurrentBias, blocks.recurrent, blocks.numBlocks - blocks.recurrent.length);
    const inputWeight = keep(
      packGateWeight(simd, hasIds ? "packGateTable" : "packGateColumns", {
        parameter: parameters.inputWeight,
        hiddenSize,
        width: inputSize,
        blocks: blocks.input,
      }),
    );
    const recurrentWeight = keep(
      packGateWeight(simd, "packGateColumns", {
        parameter: parameters.recurrentWeight,
        hiddenSize,
        width: hiddenSize,
        blocks: blocks.recurrent,
      }),
    );
    return { inputWeight, recurrentWeight, bias };
  } catch (error) {
    for (const array of made) simd.free(array);
    throw error;
  }
}

export function freePacked(simd: Simd, { inputWeight, recurrentWeight, bias }: PackedRecurrent): void {
  for (const array of [inputWeight, recurrentWeight, bias]) simd.free(array);
}
