import { duplicateKey } from "./duplicate-key.ts";
import { elementCount } from "../element-count.ts";
import { ARRAYS, isDtype, type SafetensorsDtype } from "./safetensors-tensor.ts";
import { showValue } from "../show-value.ts";
import { isWellFormed } from "./well-formed.ts";

/** What the header says of a tensor, checked: `count` elements in the bytes from `begin` to `end` of the data. */
export interface Entry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly count: number;
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data, of which every byte belongs to exactly one. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the data begins in the file. */
  readonly dataStart: number;
}

/** The bytes before the header, which hold its length. */
export const LENGTH_BYTES = 8;

/** The longest header that the reference implementation takes. */
export const MAX_HEADER_BYTES = 100_000_000;

/**
 * The length of the header of a file of `fileSize` bytes, of which it is sure to be a part.
 *
 * @param bytes the beginning of the file, of at least 8 bytes where the file has as many.
 */
export function readHeaderLength(caller: string, bytes: Uint8Array, fileSize: number): number {
  if (fileSize < LENGTH_BYTES) {
    refuse(caller, `bytes must start with the header's length, 8 bytes, got ${fileSize} in all`);
  }
  const words = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  const length = words.getUint32(0, true) + words.getUint32(4, true) * 2 ** 32;
  const left = fileSize - LENGTH_BYTES;
  if (length > MAX_HEADER_BYTES) refuse(caller, `header must have at most ${MAX_HEADER_BYTES} bytes, got ${length}`);
  if (length > left) refuse(caller, `header must end within the file, got ${length} of ${left} bytes`);
  return length;
}

/**
 * The header of a file of `fileSize` bytes, once nothing in it can lead astray who makes the tensors.
 *
 * @param bytes the header alone.
 */
export function readHeader(caller: string, bytes: Uint8Array, fileSize: number): Header {
  const dataStart = LENGTH_BYTES + bytes.length;
  const { __metadata__: metadata = {}, ...infos } = parseHeader(caller, bytes);
  const entries = Object.entries(infos).map(([name, info]) => checkEntry(caller, name, info));
  entries.sort((left, right) => left.begin - right.begin || left.end - right.end);
  checkTiling(caller, entries, fileSize - dataStart);
  return { entries, metadata: checkMetadata(caller, metadata), dataStart };
}

function refuse(caller: string, rule: string): never {
  throw new RangeError(`${caller}: ${rule}`);
}

function parseHeader(caller: string, bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(caller, "header must be UTF-8, got other bytes");
  }
  if (!text.startsWith("{")) refuse(caller, `header must start with {, got ${showValue(text.slice(0, 1))}`);
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refuse(caller, "header must be JSON, got a syntax error");
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) refuse(caller, `header must have each name once, got ${showValue(twice)} twice`);
  return header;
}

function checkMetadata(caller: string, metadata: unknown): Record<string, string> {
  if (!isRecord(metadata)) return refuse(caller, `__metadata__ must be an object, got ${showValue(metadata)}`);
  for (const [key, value] of Object.entries(metadata)) {
    if (!isWellFormed(key) || typeof value !== "string" || !isWellFormed(value)) {
      refuse(caller, `__metadata__ ${showValue(key)} must be well-formed text, got ${showValue(value)}`);
    }
  }
  return metadata as Record<string, string>;
}

function checkEntry(caller: string, name: string, info: unknown): Entry {
  const must = (rule: string, value: unknown): never =>
    refuse(caller, `tensor ${showValue(name)} must ${rule}, got ${showValue(value)}`);
  if (!isWellFormed(name)) must("have a well-formed name", name);
  if (!isRecord(info)) return must("be described by an object", info);
  const { dtype, shape, data_offsets: offsets } = info;
  if (!isDtype(dtype)) return must(`have one of the dtypes ${Object.keys(ARRAYS).join(", ")}`, dtype);
  const count = elementCount(shape);
  if (count === undefined) return must("have a shape of non-negative integers with a product below 2^53", shape);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isOffset)) {
    return must("have two non-negative integers as data_offsets", offsets);
  }
  const [begin, end] = offsets as [number, number];
  const size = count * ARRAYS[dtype].BYTES_PER_ELEMENT;
  if (end - begin !== size) must(`have data_offsets ${size} bytes apart, as its shape and dtype say`, offsets);
  return { name, dtype, shape: shape as number[], count, begin, end };
}

function checkTiling(caller: string, entries: readonly Entry[], dataLength: number): void {
  let position = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== position)
      refuse(caller, `tensor ${showValue(name)} must start at byte ${position} of the data, got ${begin}`);
    position = end;
  }
  if (position !== dataLength) refuse(caller, `data must have the ${position} bytes of its tensors, got ${dataLength}`);
}

function isOffset(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
