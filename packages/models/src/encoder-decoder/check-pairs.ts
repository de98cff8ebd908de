import { checkCount, checkLengths } from "../check-batch.ts";
import { checkIds } from "../check-ids.ts";
import type { EncoderDecoderBatch, SourceBatch } from "./encoder-decoder.ts";
import type { CompleteEncoderDecoderConfig } from "./encoder-decoder-config.ts";

/** Throws a RangeError that names `caller` unless the sources have the form [B, S], known ids, and lengths from 1 to S. */
export function checkSources(
  caller: string,
  { sources, sourceShape, sourceLengths }: SourceBatch,
  { sourceVocabSize }: CompleteEncoderDecoderConfig,
): void {
  checkCount(`${caller}: sources`, sources, sourceShape);
  checkLengths(`${caller}: sourceLengths`, sourceLengths, { shape: sourceShape });
  checkIds(`${caller}: sources`, sources, sourceVocabSize);
}

/** Throws a RangeError that names `caller` unless inputs and targets are [B, T] for as many rows, of known ids. */
export function checkTargets(
  caller: string,
  { sourceShape, inputs, targets, shape }: Pick<EncoderDecoderBatch, "sourceShape" | "inputs" | "targets" | "shape">,
  { targetVocabSize }: CompleteEncoderDecoderConfig,
): void {
  if (shape[0] !== sourceShape[0]) {
    throw new RangeError(`${caller}: shape must have a row for each of ${sourceShape[0]} sources, got ${shape[0]}`);
  }
  for (const [name, ids] of Object.entries({ inputs, targets })) {
    checkCount(`${caller}: ${name}`, ids, shape);
    checkIds(`${caller}: ${name}`, ids, targetVocabSize);
  }
}

/** Throws a RangeError unless there are targets that count. @returns how many. */
export function countTargets(
  caller: string,
  { shape, lengths }: Pick<EncoderDecoderBatch, "shape" | "lengths">,
): number {
  checkLengths(`${caller}: lengths`, lengths, { shape, minimum: 0 });
  const count = lengths.reduce((sum, length) => sum + length, 0);
  if (count === 0) throw new RangeError(`${caller}: lengths must leave a target that counts, got 0 for every row`);
  return count;
}
