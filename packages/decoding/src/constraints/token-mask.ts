import type { DecodingRequest } from "../decoding-options.ts";
import { tokenIds } from "../token-ids.ts";

/** Whether {@link maskTokens} might forbid anything after `length` generated tokens. */
export function hasMask(
  { minLength, forcedPrefix, allowedTokens, endTokens }: DecodingRequest,
  length: number,
): boolean {
  return allowedTokens !== undefined || length < forcedPrefix.length || (length + 1 < minLength && endTokens.size > 0);
}

/** Sets the scores of all tokens that the constraints of a request forbid after `generated` to -Infinity. */
export function maskTokens(
  { caller, vocabSize, promptIndex, minLength, forcedPrefix, allowedTokens, endTokens }: DecodingRequest,
  scores: Float32Array,
  generated: Int32Array,
): void {
  const length = generated.length;
  if (length + 1 < minLength) for (const end of endTokens) scores[end] = -Infinity;
  if (length < forcedPrefix.length) keepOnly(scores, forcedPrefix.subarray(length, length + 1));
  const allowed = allowedTokens?.(generated, promptIndex);
  if (allowed) keepOnly(scores, tokenIds(caller, "allowedTokens", allowed, vocabSize));
}

function keepOnly(scores: Float32Array, ids: Int32Array): void {
  const kept = Float32Array.from(ids, (id) => scores[id]!);
  scores.fill(-Infinity);
  ids.forEach((id, i) => (scores[id] = kept[i]!));
}
