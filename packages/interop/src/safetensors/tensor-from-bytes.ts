import type { Entry } from "./safetensors-header.ts";
import { ARRAYS, type SafetensorsTensor } from "./safetensors-tensor.ts";

/** A tensor over its bytes: a view of them, or of a copy where their position is no multiple of the element size. */
export function tensorFromBytes({ dtype, shape, count }: Entry, bytes: Uint8Array): SafetensorsTensor {
  const ArrayType = ARRAYS[dtype] as new (buffer: ArrayBufferLike, byteOffset: number, length: number) => unknown;
  // A copy by `new` and not by `slice`, which shares memory where the bytes are a Buffer of Node.
  const own = bytes.byteOffset % ARRAYS[dtype].BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return { dtype, shape, data: new ArrayType(own.buffer, own.byteOffset, count) } as SafetensorsTensor;
}
