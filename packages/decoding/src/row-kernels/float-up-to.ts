const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The largest number of single precision that is not above `x`: a float32 is above both or neither. */
export function floatUpTo(x: number): number {
  float[0] = x;
  if (float[0] > x) bits[0]! += float[0] > 0 ? -1 : 1;
  return float[0];
}
