/** Numbers of a layer's parameter, in row-major order. */
export type FloatArray = Float32Array | Float64Array;

/** A parameter of a layer: a plain array with its shape. */
export interface Weight {
  /** The sizes of the dimensions. */
  readonly shape: readonly number[];
  /** As many elements as the shape has. */
  readonly data: FloatArray;
}

/** A new array of `length` zeros, of the precision of `weight`. */
export function zerosLike({ data }: Weight, length: number): FloatArray {
  return data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}
