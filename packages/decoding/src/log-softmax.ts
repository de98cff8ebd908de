import { normalizer } from "./normalizer.ts";

/**
 * The log-probabilities, in nats, of one row of logits: `x - log(sum(exp(x)))`, computed from the distances to the
 * largest logit, so that nothing overflows and a probability close to 1 keeps its distance to it.
 *
 * @param logits [V], finite or -Infinity (impossible), at least one finite; borrowed.
 * @param out [V], written and returned; default a new Float64Array. May be `logits` itself.
 * @throws RangeError for NaN, Infinity, a row without a finite logit, or an `out` of another length.
 */
export function logSoftmax(logits: ArrayLike<number>): Float64Array;
export function logSoftmax<Out extends Float32Array | Float64Array>(logits: ArrayLike<number>, out: Out): Out;
export function logSoftmax(
  logits: ArrayLike<number>,
  out: Float32Array | Float64Array = new Float64Array(logits.length),
): Float32Array | Float64Array {
  if (out.length !== logits.length) {
    throw new RangeError(`logSoftmax: out must have ${logits.length} entries, got ${out.length}`);
  }
  const { max, logSum } = normalizer(logits);
  for (let i = 0; i < logits.length; i++) out[i] = logits[i]! - max - logSum;
  return out;
}
