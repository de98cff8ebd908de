import { showValue } from "../show-value.ts";
import { crc32 } from "./crc32.ts";

/** A file of an archive, its content not yet read. */
interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly offset: number;
}

const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
/** Deflate makes nothing smaller than by this factor. */
const MOST_EXPANSION = 1032;

/**
 * The contents of the files of a zip archive by name, those that `names` lists.
 *
 * The directory is checked before anything is unpacked: names given twice, entries that overlap or lie outside, sizes that
 * deflate cannot give, encryption and 64-bit archives are refused; and so is a content whose CRC is another.
 *
 * @param bytes the archive. Borrowed; files that are not compressed are views of it.
 * @throws RangeError, naming `caller`.
 */
export async function readZip(
  caller: string,
  bytes: Uint8Array,
  names: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const refuse = (rule: string, found: unknown): never => {
    throw new RangeError(`${caller}: ${rule}, got ${showValue(found)}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const contents = new Map<string, Uint8Array>();
  for (const entry of readDirectory()) {
    if (!names.includes(entry.name)) continue;
    const start = dataStart(entry);
    const packed = bytes.subarray(start, start + entry.compressedSize);
    const content = entry.isDeflated ? await inflate(entry, packed) : packed;
    if (content.length !== entry.size || crc32(content) !== entry.crc) {
      refuse(`${showValue(entry.name)} of the zip archive must have the size and CRC of its directory`, "others");
    }
    contents.set(entry.name, content);
  }
  return contents;

  function readDirectory(): ZipEntry[] {
    let end = bytes.length - END_BYTES;
    const first = Math.max(0, end - LONGEST_COMMENT);
    while (end >= first && !(view.getUint32(end, true) === 0x06054b50 && commentEnd(end) === bytes.length)) end--;
    if (end < first) refuse("the zip archive must end with its directory", "none");
    const [disk, directoryDisk, , count] = [4, 6, 8, 10].map((at) => view.getUint16(end + at, true));
    const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
    if (disk !== 0 || directoryDisk !== 0 || count === 0xffff || start === 0xffffffff) {
      refuse("the zip archive must be in one part, with 32-bit sizes", "another");
    }
    if (start + size !== end) refuse("the zip directory must fill the bytes before its end", [start, size, end]);
    const entries = [];
    let position = start;
    for (let i = 0; i < count!; i++) {
      if (position + DIRECTORY_BYTES > end) refuse("the zip directory must hold its entries", `${i} of ${count}`);
      const entry = readEntry(position);
      entries.push(entry);
      position += DIRECTORY_BYTES + [28, 30, 32].reduce((sum, at) => sum + view.getUint16(position + at, true), 0);
    }
    if (position !== end) refuse("the zip directory must hold nothing but its entries", `${end - position} bytes`);
    checkEntries(entries, start);
    return entries;
  }

  function commentEnd(end: number): number {
    return end + END_BYTES + view.getUint16(end + 20, true);
  }

  function readEntry(position: number): ZipEntry {
    if (view.getUint32(position, true) !== 0x02014b50) refuse("zip entries must begin with their signature", "none");
    const nameLength = view.getUint16(position + 28, true);
    const nameStart = position + DIRECTORY_BYTES;
    const name = new TextDecoder().decode(bytes.subarray(nameStart, nameStart + nameLength));
    const isEncrypted = (view.getUint16(position + 8, true) & 1) === 1;
    const method = view.getUint16(position + 10, true);
    if (isEncrypted || (method !== 0 && method !== 8)) {
      refuse(`${showValue(name)} of the zip archive must be stored or deflated`, isEncrypted ? "encryption" : method);
    }
    const [crc, compressedSize, size] = [16, 20, 24].map((at) => view.getUint32(position + at, true)) as Triple;
    return { name, isDeflated: method === 8, crc, compressedSize, size, offset: view.getUint32(position + 42, true) };
  }

  function checkEntries(entries: readonly ZipEntry[], end: number): void {
    const seen = new Set<string>();
    let position = 0;
    for (const entry of [...entries].sort((left, right) => left.offset - right.offset)) {
      const { name, size, compressedSize, isDeflated, offset } = entry;
      if (seen.has(name)) refuse("the zip archive must have each name once", name);
      seen.add(name);
      if (isDeflated ? size > MOST_EXPANSION * compressedSize : size !== compressedSize) {
        refuse(`${showValue(name)} of the zip archive must have a size that its data can give`, size);
      }
      if (offset < position) refuse(`${showValue(name)} of the zip archive must overlap no other file`, offset);
      position = dataStart(entry) + compressedSize;
      if (position > end) refuse(`${showValue(name)} of the zip archive must end before the directory`, position);
    }
  }

  /** Where the data of an entry begins: behind its own header. */
  function dataStart({ name, offset }: ZipEntry): number {
    if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== 0x04034b50) {
      refuse(`${showValue(name)} of the zip archive must have a header of its own`, "none");
    }
    return offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  }

  async function inflate({ name, size }: ZipEntry, packed: Uint8Array): Promise<Uint8Array> {
    const { inflateSync } = await import("fflate");
    try {
      return inflateSync(packed, { out: new Uint8Array(size) });
    } catch (cause) {
      throw new RangeError(`${caller}: ${showValue(name)} of the zip archive must be deflated data, got others`, {
        cause,
      });
    }
  }
}

type Triple = [number, number, number];
