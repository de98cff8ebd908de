import {
  freePacked,
  packRecurrent,
  recurrentForward,
  type RecurrentForwardArguments,
  type RecurrentParameters,
  type RecurrentTape,
  type Simd,
  type SimdArray,
} from "../src/index.ts";

export type ForwardArguments = Omit<RecurrentForwardArguments, "packed"> & {
  readonly parameters: RecurrentParameters;
  readonly outputs: SimdArray;
};

/** One forward pass with parameters that are packed for it alone. */
export function forward(simd: Simd, { parameters, ...args }: ForwardArguments): RecurrentTape {
  const packed = packRecurrent(simd, args, parameters);
  try {
    return recurrentForward(simd, { ...args, packed });
  } finally {
    freePacked(simd, packed);
  }
}
