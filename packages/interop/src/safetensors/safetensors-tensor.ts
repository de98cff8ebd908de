/**
 * The array that holds each element type, in the order in which tensors lie in a file: larger elements first, so that
 * none is misaligned. What JavaScript has no numbers for is held as raw bits: F16, BF16 and the 8-bit floats.
 */
export const ARRAYS = {
  U64: BigUint64Array,
  I64: BigInt64Array,
  F64: Float64Array,
  F32: Float32Array,
  U32: Uint32Array,
  I32: Int32Array,
  BF16: Uint16Array,
  F16: Uint16Array,
  U16: Uint16Array,
  I16: Int16Array,
  F8_E5M2FNUZ: Uint8Array,
  F8_E4M3FNUZ: Uint8Array,
  F8_E8M0: Uint8Array,
  F8_E4M3: Uint8Array,
  F8_E5M2: Uint8Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

/** An element type, by its name in the file. */
export type SafetensorsDtype = keyof typeof ARRAYS;

/** A tensor as a file holds it; comparing `dtype` tells TypeScript the type of `data`. */
export type SafetensorsTensor = {
  readonly [Dtype in SafetensorsDtype]: {
    readonly dtype: Dtype;
    /** The sizes of the dimensions; `[]` is a scalar. */
    readonly shape: readonly number[];
    /** As many elements as the shape has, in row-major order; BOOL is a byte 0 or 1 each. */
    readonly data: (typeof ARRAYS)[Dtype]["prototype"];
  };
}[SafetensorsDtype];

/** Whether a value is one of the names above. */
export function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === "string" && Object.hasOwn(ARRAYS, value);
}
