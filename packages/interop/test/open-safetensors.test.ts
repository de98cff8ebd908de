import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  blobSource,
  decodeSafetensors,
  encodeSafetensors,
  fileSource,
  openSafetensors,
  type ByteSource,
  type SafetensorsTensor,
} from "../src/index.ts";

const { cases } = golden<{ readonly files: readonly { readonly name: string; readonly file: string }[] }>(
  import.meta.url,
  "safetensors-files",
);
const files = cases.files.map(({ name, file }) => ({ name, bytes: new Uint8Array(Buffer.from(file, "base64")) }));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rnnkit-interop-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A source in memory that notes what is read. */
function noted(bytes: Uint8Array, reads: [number, number][] = []): ByteSource {
  return {
    size: bytes.length,
    async read(offset, length) {
      reads.push([offset, length]);
      return bytes.slice(offset, offset + length);
    },
  };
}

async function readAll(source: ByteSource) {
  const reader = await openSafetensors(source);
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [name, { dtype, shape }] of reader.tensors) {
    const tensor = await reader.read(name);
    expect({ dtype: tensor.dtype, shape: tensor.shape }).toEqual({ dtype, shape });
    tensors.set(name, tensor);
  }
  return { tensors, metadata: reader.metadata };
}

it.each(files)("openSafetensors reads what decodeSafetensors reads: $name", async ({ bytes }) => {
  expect(await readAll(noted(bytes))).toEqual(decodeSafetensors(bytes));
});

it("openSafetensors reads the length, the header, and of the data only what is asked for", async () => {
  const bytes = encodeSafetensors({
    a: { dtype: "F32", shape: [4], data: Float32Array.of(1, 2, 3, 4) },
    b: { dtype: "U8", shape: [3], data: Uint8Array.of(5, 6, 7) },
  });
  const reads: [number, number][] = [];
  const reader = await openSafetensors(noted(bytes, reads));
  const dataStart = bytes.length - 19;
  expect(reads).toEqual([
    [0, 8],
    [8, dataStart - 8],
  ]);
  expect((await reader.read("b")).data).toEqual(Uint8Array.of(5, 6, 7));
  expect(reads.slice(2)).toEqual([[dataStart + 16, 3]]);
  await expect(reader.read("c")).rejects.toThrow(
    new RangeError('openSafetensors: name must be that of a tensor, got "c"'),
  );
});

it("openSafetensors reads a tensor out of a file of 5 TB of which the rest is not there", async () => {
  const header = new TextEncoder().encode(
    '{"a":{"dtype":"F64","shape":[625000000000],"data_offsets":[0,5000000000000]},' +
      '"b":{"dtype":"F32","shape":[1],"data_offsets":[5000000000000,5000000000004]}}',
  );
  const start = new Uint8Array(8 + header.length);
  new DataView(start.buffer).setUint32(0, header.length, true);
  start.set(header, 8);
  const reader = await openSafetensors({
    size: start.length + 5e12 + 4,
    read: async (offset, length) =>
      offset < start.length
        ? start.slice(offset, offset + length)
        : new Uint8Array(Float32Array.of(offset - start.length).buffer),
  });
  expect((await reader.read("b")).data).toEqual(Float32Array.of(5e12));
});

describe("fileSource(file)", () => {
  it.each(files)("reads a file of Node: $name", async ({ bytes }) => {
    const path = join(folder, "file.safetensors");
    writeFileSync(path, bytes);
    const file = await open(path);
    const source = await fileSource(file);
    expect(source.size).toBe(bytes.length);
    expect(await readAll(source)).toEqual(decodeSafetensors(bytes));
    await file.close();
  });

  it("asks again for what one call did not read, and not for more than one call can", async () => {
    const calls: number[][] = [];
    const file = {
      stat: async () => ({ size: 10 }),
      async read(buffer: Uint8Array, offset: number, length: number, position: number) {
        calls.push([offset, length, position]);
        const bytesRead = Math.min(length, 3);
        buffer.fill(position, offset, offset + bytesRead);
        return { bytesRead };
      },
    };
    expect(await (await fileSource(file)).read(2, 7)).toEqual(Uint8Array.of(2, 2, 2, 5, 5, 5, 8));
    expect(calls).toEqual([
      [0, 7, 2],
      [3, 4, 5],
      [6, 1, 8],
    ]);
  });

  it("refuses a file that has become shorter", async () => {
    const path = join(folder, "short");
    writeFileSync(path, new Uint8Array(10));
    const file = await open(path);
    const source = await fileSource(file);
    truncateSync(path, 4);
    await expect(source.read(2, 8)).rejects.toThrow(new RangeError("fileSource: file must have 10 bytes, got 4"));
    await file.close();
  });
});

it.each(files)("blobSource(blob) reads a Blob: $name", async ({ bytes }) => {
  expect(await readAll(blobSource(new Blob([bytes])))).toEqual(decodeSafetensors(bytes));
});

describe("openSafetensors refuses", () => {
  const whole = encodeSafetensors({ a: { dtype: "U8", shape: [2], data: Uint8Array.of(1, 2) } });
  it.each([
    [
      "an empty source",
      { size: 0, read: async () => new Uint8Array(0) },
      "bytes must start with the header's length, 8 bytes, got 0 in all",
    ],
    [
      "a size that is none",
      { size: -1, read: async () => new Uint8Array(0) },
      "source.size must be a non-negative integer, got -1",
    ],
    ["a header beyond the end", noted(whole.subarray(0, 20)), "header must end within the file, got"],
    [
      "a source that is shorter than it says",
      { ...noted(whole.subarray(0, 40)), size: whole.length },
      "source must give the",
    ],
    [
      "a source that gives too much",
      { size: 100, read: async () => new Uint8Array(9) },
      "source must give the 8 bytes asked for, got 9",
    ],
    ["missing data", noted(whole.subarray(0, -1)), "data must have the 2 bytes of its tensors, got 1"],
  ])("%s", async (_, source, message) => {
    await expect(openSafetensors(source)).rejects.toThrow(`openSafetensors: ${message}`);
    await expect(openSafetensors(source)).rejects.toBeInstanceOf(RangeError);
  });

  it("what decodeSafetensors refuses, for the same reason, and never reads outside of the source", async () => {
    const outcomes = { decoded: 0, refused: 0 };
    const change = fc.tuple(fc.noBias(fc.nat(0xffff)), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async ({ bytes }, changes) => {
          const mutated = bytes.slice();
          for (const [place, value] of changes) mutated[place % mutated.length] = value;
          const source: ByteSource = {
            size: mutated.length,
            async read(offset, length) {
              expect(offset >= 0 && length >= 0 && offset + length <= mutated.length).toBe(true);
              return mutated.slice(offset, offset + length);
            },
          };
          const inMemory = settle(() => decodeSafetensors(mutated));
          const lazily = await readAll(source).catch((error: unknown) =>
            (error as Error).message.replace("openSafetensors", "decodeSafetensors"),
          );
          expect(lazily).toEqual(inMemory);
          if (typeof inMemory === "string") outcomes.refused++;
          else outcomes.decoded++;
        },
      ),
      { seed: 5, numRuns: 2000 },
    );
    expect(outcomes.decoded).toBeGreaterThan(50);
    expect(outcomes.refused).toBeGreaterThan(500);
  });
});

function settle<Result>(call: () => Result): Result | string {
  try {
    return call();
  } catch (error) {
    return (error as Error).message;
  }
}
