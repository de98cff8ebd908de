import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeIdFile, idFileStream, openIdFile } from "../src/index.ts";
import { collected } from "./any-chunks.ts";

const concatenated = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe("encodeIdFile", () => {
  it.each([
    [Uint16Array, 1],
    [Uint16Array, 65_536],
    [Int32Array, 65_537],
    [Int32Array, 2 ** 31 - 1],
  ])("openIdFile(encodeIdFile(ids)) are the ids in a %o for %i tokens", (kind, vocabSize) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: vocabSize - 1 })), (ids) => {
        const file = openIdFile(encodeIdFile(ids, { vocabSize }));
        expect(file.ids).toBeInstanceOf(kind);
        expect(file).toEqual({ ids: kind.from(ids), vocabSize });
      }),
    );
  });

  it("encodeIdFile(ids) has the layout that is documented", () => {
    expect(Buffer.from(encodeIdFile([1, 258], { vocabSize: 300 })).toString("hex")).toBe(
      `${Buffer.from("rnnkitID").toString("hex")}01000000020000002c01000000000000020000000000000001000201`,
    );
    expect(
      Buffer.from(encodeIdFile([258], { vocabSize: 70_000 }))
        .toString("hex")
        .slice(16),
    ).toBe("010000000400000070110100000000000100000000000000" + "02010000");
  });

  it.each([[[-1]], [[5]], [[0, 1.5]], [[NaN]], [["1"]]])("encodeIdFile(%j) throws a RangeError of 5 tokens", (ids) => {
    expect(() => encodeIdFile(ids as number[], { vocabSize: 5 })).toThrow(
      new RangeError(`encodeIdFile: ids must be integers from 0 to 4, got ${ids.at(-1)} at position ${ids.length - 1}`),
    );
  });

  it.each([0, -1, 1.5, 2 ** 31, NaN])("encodeIdFile(ids, { vocabSize: %s }) throws a RangeError", (vocabSize) => {
    expect(() => encodeIdFile([], { vocabSize })).toThrow(
      new RangeError(`encodeIdFile: vocabSize must be an integer from 1 to 2147483647, got ${vocabSize}`),
    );
  });
});

describe("idFileStream", () => {
  it("idFileStream(chunks) is encodeIdFile of all of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat({ max: 99 }))),
        fc.constantFrom(100, 100_000),
        async (parts, vocabSize) => {
          const count = parts.flat().length;
          const chunks = parts.map((part) => Int32Array.from(part));
          const bytes = concatenated(await collected(idFileStream(chunks, { count, vocabSize })));
          expect(bytes).toEqual(encodeIdFile(parts.flat(), { vocabSize }));
        },
      ),
    );
  });

  it.each([
    [2, "got 3"],
    [4, "got 3"],
  ])("idFileStream(3 ids, { count: %i }) throws a RangeError", async (count) => {
    await expect(collected(idFileStream([[1], [2, 3]], { count, vocabSize: 9 }))).rejects.toThrow(
      new RangeError(`idFileStream: chunks must hold count = ${count} ids, got ${count < 3 ? "more" : 3}`),
    );
  });

  it("idFileStream(chunks) counts positions across chunks in its message", async () => {
    await expect(collected(idFileStream([[1], [2, 9]], { count: 3, vocabSize: 9 }))).rejects.toThrow(
      new RangeError("idFileStream: ids must be integers from 0 to 8, got 9 at position 2"),
    );
  });

  it("idFileStream(chunks, { count: -1 }) throws a RangeError", async () => {
    await expect(collected(idFileStream([], { count: -1, vocabSize: 9 }))).rejects.toThrow(
      new RangeError("idFileStream: count must be a non-negative integer, got -1"),
    );
  });
});

describe("openIdFile", () => {
  const bytes = encodeIdFile([1, 2, 3], { vocabSize: 5 });

  it("openIdFile(bytes) copies nothing", () => {
    const own = bytes.slice();
    const { ids } = openIdFile(own);
    expect(ids.buffer).toBe(own.buffer);
    own[32] = 4;
    expect([...ids]).toEqual([4, 2, 3]);
  });

  it("openIdFile(bytes) reads from any multiple of 4 in a buffer, shared memory too", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length + 12), 4, bytes.length);
    shared.set(bytes);
    expect([...openIdFile(shared).ids]).toEqual([1, 2, 3]);
  });

  const changed = (offset: number, value: number) => {
    const copy = bytes.slice();
    copy[offset] = value;
    return copy;
  };
  it.each([
    ["no file", new Uint8Array(31), "bytes must hold a header of 32 bytes, got 31"],
    ["another file", changed(0, 0x52), 'bytes must begin with rnnkitID, got "RnnkitID"'],
    ["a later version", changed(8, 2), "version must be 1, got 2"],
    ["no vocabulary", changed(16, 0), "vocabSize must be an integer from 1 to 2147483647, got 0"],
    ["another width", changed(12, 4), "ids must have 2 bytes for 5 tokens, got 4"],
    ["a part", bytes.subarray(0, 36), "bytes must be the whole file, 38 bytes with 3 ids, got 36"],
    ["more", changed(24, 2), "bytes must be the whole file, 36 bytes with 2 ids, got 38"],
    [
      "an odd place",
      new Uint8Array([0, 0, ...bytes]).subarray(2),
      "bytes must lie at a multiple of 4 in their buffer (a copy does), got 2",
    ],
  ])("openIdFile(bytes) refuses %s", (_, damaged, message) => {
    expect(() => openIdFile(damaged)).toThrow(new RangeError(`openIdFile: ${message}`));
  });

  it("openIdFile(text) throws a TypeError", () => {
    expect(() => openIdFile("rnnkitID" as unknown as Uint8Array)).toThrow(
      new TypeError("openIdFile: bytes must be a Uint8Array, got string"),
    );
  });
});
