import { elementCount } from "../element-count.ts";
import { MAX_HEADER_BYTES } from "./safetensors-header.ts";
import { ARRAYS, isDtype, type SafetensorsTensor } from "./safetensors-tensor.ts";
import { entriesOf, type Named } from "../named.ts";
import { showValue } from "../show-value.ts";
import { isWellFormed } from "./well-formed.ts";

const DTYPE_ORDER = Object.keys(ARRAYS);

/**
 * A safetensors file of named tensors: the same ones give the same bytes, in whatever order they come, and those that
 * the reference library writes (larger elements first, then by name; the header padded with spaces to 8 bytes).
 *
 * @param tensors by name, in a record or a Map; any text but `__metadata__` is a name. Borrowed, copied.
 * @param options.metadata free text by name, written in the order of the names; default none.
 * @returns the file, owned by the caller.
 * @throws RangeError for a tensor whose data does not fit its shape and dtype, or a name that UTF-8 cannot hold.
 */
export function encodeSafetensors(
  tensors: Named<SafetensorsTensor>,
  { metadata = {} }: { metadata?: Named<string> } = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...entriesOf(tensors)];
  for (const [name, tensor] of sorted) checkTensor(name, tensor);
  sorted.sort(
    ([leftName, left], [rightName, right]) =>
      DTYPE_ORDER.indexOf(left.dtype) - DTYPE_ORDER.indexOf(right.dtype) || compareCodePoints(leftName, rightName),
  );
  const members: string[] = [];
  const texts = [...entriesOf(metadata)].sort(([left], [right]) => compareCodePoints(left, right));
  if (texts.length > 0) {
    members.push(`"__metadata__":{${texts.map(([key, text]) => `${quote(key)}:${quote(text)}`).join(",")}}`);
  }
  let dataLength = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    const data_offsets = [dataLength, (dataLength += data.byteLength)];
    members.push(`${quote(name)}:${JSON.stringify({ dtype, shape, data_offsets })}`);
  }
  const header = new TextEncoder().encode(`{${members.join(",")}}`);
  const headerLength = Math.ceil(header.length / 8) * 8;
  if (headerLength > MAX_HEADER_BYTES) {
    refuse(`names, shapes and metadata must fit into ${MAX_HEADER_BYTES} bytes, got ${headerLength}`);
  }

  const file = new Uint8Array(8 + headerLength + dataLength);
  new DataView(file.buffer).setUint32(0, headerLength, true); // the upper four of the eight bytes stay 0
  file.set(header, 8);
  file.fill(0x20, 8 + header.length, 8 + headerLength);
  let position = 8 + headerLength;
  for (const [, { data }] of sorted) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

function refuse(rule: string): never {
  throw new RangeError(`encodeSafetensors: ${rule}`);
}

function checkTensor(name: string, { dtype, shape, data }: SafetensorsTensor): void {
  const must = (rule: string, value: unknown) =>
    refuse(`tensor ${showValue(name)} must ${rule}, got ${showValue(value)}`);
  if (name === "__metadata__") must("have a name that is not that of the metadata", name);
  if (!isDtype(dtype)) must(`have one of the dtypes ${DTYPE_ORDER.join(", ")}`, dtype);
  const kind = ARRAYS[dtype].name;
  if (!ArrayBuffer.isView(data) || data[Symbol.toStringTag] !== kind) must(`have data in a ${kind}`, data);
  const count = elementCount(shape);
  if (count === undefined) must("have a shape of non-negative integers with a product below 2^53", shape);
  if (data.length !== count) must(`have data of ${count} elements for its shape [${shape.join(", ")}]`, data.length);
}

function quote(text: string): string {
  if (typeof text !== "string") refuse(`metadata must be strings, got ${showValue(text)}`);
  if (!isWellFormed(text)) refuse(`names and metadata must be well-formed text, got ${showValue(text)}`);
  return JSON.stringify(text);
}

/** The order of UTF-8 bytes, which is not that of JavaScript's `<` beyond U+FFFF. */
function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = left.codePointAt(i)! - right.codePointAt(i)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
