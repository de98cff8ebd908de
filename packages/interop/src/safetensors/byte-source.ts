/** A file, or anything else that can be read in parts: all that a reader of large files asks for. */
export interface ByteSource {
  /** Its length in bytes. */
  readonly size: number;
  /** Reads `length` bytes from `offset` on, both within the source. Whoever calls owns the bytes. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** What `fileSource` needs of a `FileHandle` of Node's `fs/promises`. */
export interface ReadableFile {
  stat(): Promise<{ readonly size: number }>;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
}

/** What `blobSource` needs of a `Blob` or a `File` of a browser. */
export interface ReadableBlob {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** The most that one call of the operating system reads on every platform is just below 2 GiB. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * A file of Node, or of Deno or Bun through `node:fs/promises`, as a source of bytes: `await fileSource(await open(path))`.
 *
 * @param file borrowed: the caller opens it, and closes it once all is read.
 * @throws RangeError, when it is read, for a file that has become shorter.
 */
export async function fileSource(file: ReadableFile): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(bytes, done, Math.min(length - done, MOST_AT_ONCE), offset + done);
        if (bytesRead === 0) throw new RangeError(`fileSource: file must have ${size} bytes, got ${offset + done}`);
        done += bytesRead;
      }
      return bytes;
    },
  };
}

/** A `Blob` or `File` of a browser, for instance out of a file input, as a source of bytes. @param blob borrowed. */
export function blobSource(blob: ReadableBlob): ByteSource {
  return {
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}
