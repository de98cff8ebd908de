import { checkPositiveInteger } from "../check-positive-integer.ts";

/** How sequences become rows of equal length. */
export interface SequencePadding {
  /** The id behind the end of a sequence. */
  readonly padId: number;
  /** The columns of every batch: shorter sequences are padded to it, longer ones cut. Default: the longest of the batch. */
  readonly length?: number;
}

/** Throws unless `padId` is a 32-bit integer and `length` is left out or positive. */
export function checkPadding(caller: string, { padId, length }: SequencePadding, prefix = ""): void {
  checkId(caller, `${prefix}padId`, padId);
  if (length !== undefined) checkPositiveInteger(caller, `${prefix}length`, length);
}

/** Throws unless `id` is a 32-bit integer. */
export function checkId(caller: string, name: string, id: number): void {
  if ((id | 0) !== id) throw new RangeError(`${caller}: ${name} must be a 32-bit integer, got ${id}`);
}
