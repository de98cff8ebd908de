import type { BeamRequest } from "./beam-request.ts";

/** The attention to each source position, with that of one more token. */
export function addAttention(
  { caller, coverageWeight }: BeamRequest,
  coverage: Float64Array | undefined,
  attention: Float32Array | undefined,
): Float64Array | undefined {
  if (coverageWeight === 0) return undefined;
  if (!attention) {
    throw new RangeError(
      `${caller}: coverageWeight must be 0 over a stepper that reports no attention, got ${coverageWeight}`,
    );
  }
  return Float64Array.from(attention, (weight, position) => (coverage?.[position] ?? 0) + weight);
}

/**
 * `weight * sum(log(min(coverage, 1)))` over the source positions: at most 0, and 0 where each got all of an attention.
 *
 * @see Wu et al., "Google's Neural Machine Translation System" (2016), equation 14.
 */
export function coveragePenalty(coverage: Float64Array | undefined, weight: number): number {
  if (!coverage) return 0;
  let sum = 0;
  for (const covered of coverage) if (!Number.isNaN(covered)) sum += Math.log(Math.min(covered, 1));
  return weight * sum;
}
