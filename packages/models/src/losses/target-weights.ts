import { IGNORED_TARGET, type SequenceTargets } from "./sequence-targets.ts";

interface TargetWeights {
  /** [B·T], 1 where a target counts, else 0. */
  readonly weights: Float32Array;
  /** [B·T], the targets, and 0 where none counts. */
  readonly ids: Int32Array;
  readonly count: number;
}

/** Which targets count; throws a RangeError that names `caller` when none does, or one that counts is no class. */
export function targetWeights(
  caller: string,
  { targets, shape, lengths, vocabSize }: SequenceTargets & { readonly vocabSize: number },
): TargetWeights {
  const [, numSteps] = shape;
  const weights = new Float32Array(targets.length);
  const ids = new Int32Array(targets.length);
  let count = 0;
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i]!;
    const isPadding = lengths !== undefined && i % numSteps >= lengths[Math.floor(i / numSteps)]!;
    if (isPadding || target === IGNORED_TARGET) continue;
    if (target < 0 || target >= vocabSize) {
      throw new RangeError(`${caller}: targets must hold ids from 0 to ${vocabSize - 1}, got ${target} at index ${i}`);
    }
    weights[i] = 1;
    ids[i] = target;
    count++;
  }
  if (count === 0) {
    throw new RangeError(`${caller}: targets must hold one that counts, got ${targets.length} that are ignored`);
  }
  return { weights, ids, count };
}
