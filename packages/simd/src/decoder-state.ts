import type { RecurrentKernelKind } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { KERNEL } from "./kernel.ts";

export interface DecoderStateSizes {
  readonly kind: RecurrentKernelKind;
  readonly numLayers: number;
  readonly hiddenSize: number;
  /** B */
  readonly batchSize: number;
}

/**
 * The state of a decoder, in the kernels' own layout.
 *
 * @param layers for each layer [B, H], row-major: the hidden state and, of an LSTM, the cell state; borrowed.
 * @returns an array that the caller frees.
 * @throws RangeError when memory is exhausted.
 */
export function createDecoderState(
  simd: Simd,
  sizes: DecoderStateSizes,
  layers: readonly (readonly SimdArray[])[],
): SimdArray {
  const { batchSize, hiddenSize } = sizes;
  const state = simd.allocate(numPanels(sizes) * batchSize * 8);
  const stride = Math.ceil(hiddenSize / 8) * 8 * batchSize * 4;
  for (const [i, { pointer }] of layers.flat().entries()) {
    simd.run(KERNEL.packSequence, 1, [
      batchSize,
      1,
      hiddenSize,
      pointer,
      state.pointer + i * stride,
      0,
      0,
      batchSize,
      0,
    ]);
  }
  return state;
}

/** The state whose row i is row `rows[i]` of another, which is borrowed; the caller frees it. @throws RangeError when memory is exhausted. */
export function selectDecoderRows(
  simd: Simd,
  sizes: DecoderStateSizes,
  { state, rows }: { readonly state: SimdArray; readonly rows: ArrayLike<number> },
): SimdArray {
  const panels = numPanels(sizes);
  const selected = simd.allocate(panels * rows.length * 8);
  const source = simd.floats(state);
  const target = simd.floats(selected);
  let at = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < rows.length; i++) {
      const from = (panel * sizes.batchSize + rows[i]!) * 8;
      for (let column = 0; column < 8; column++) target[at++] = source[from + column]!;
    }
  }
  return selected;
}

/** Of eight columns each, in a row of the state. */
function numPanels({ kind, numLayers, hiddenSize }: DecoderStateSizes): number {
  return numLayers * (kind === "lstm" ? 2 : 1) * Math.ceil(hiddenSize / 8);
}
