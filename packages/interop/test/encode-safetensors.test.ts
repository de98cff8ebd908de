import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type SafetensorsTensor } from "../src/index.ts";

const shape = fc.array(fc.nat(4), { maxLength: 3 });
const tensor = shape.chain((sizes): fc.Arbitrary<SafetensorsTensor> => {
  const length = sizes.reduce((left, right) => left * right, 1);
  const bounds = { minLength: length, maxLength: length };
  return fc.oneof(
    fc.float64Array(bounds).map((data) => ({ dtype: "F64", shape: sizes, data }) as const),
    fc.float32Array(bounds).map((data) => ({ dtype: "F32", shape: sizes, data }) as const),
    fc.uint16Array(bounds).map((data) => ({ dtype: "F16", shape: sizes, data }) as const),
    fc.bigInt64Array(bounds).map((data) => ({ dtype: "I64", shape: sizes, data }) as const),
    fc.int8Array(bounds).map((data) => ({ dtype: "I8", shape: sizes, data }) as const),
  );
});
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("__proto__", "toString", "0", "1", "\uffff", "😀"),
);

describe("encodeSafetensors", () => {
  it("decodeSafetensors(encodeSafetensors(tensors, {metadata})) gives them back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, tensor)), fc.array(fc.tuple(text, text)), (entries, texts) => {
        const tensors = new Map(entries);
        const metadata = new Map(texts);
        tensors.delete("__metadata__");
        const decoded = decodeSafetensors(encodeSafetensors(tensors, { metadata }));
        expect(decoded).toEqual({ tensors, metadata });
      }),
      { seed: 30 },
    );
  });

  it("encodeSafetensors gives the same bytes for any order of tensors and metadata", () => {
    const shuffled = (entries: [string, SafetensorsTensor][]) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }));
    const entries = fc.uniqueArray(fc.tuple(text, tensor), { selector: ([name]) => name }).chain(shuffled);
    fc.assert(
      fc.property(entries, ([some, same]) => {
        const metadata = (list: typeof some) => new Map(list.map(([name]) => [name, name]));
        const one = encodeSafetensors(new Map(some), { metadata: metadata(some) });
        const other = encodeSafetensors(new Map(same), { metadata: metadata(same) });
        expect(other).toEqual(one);
      }),
      { seed: 31 },
    );
  });

  it("encodeSafetensors takes a view's own part of its buffer, and copies", () => {
    const data = Float32Array.of(0, 1, 2, 3).subarray(1, 3);
    const bytes = encodeSafetensors({ x: { dtype: "F32", shape: [2], data } });
    data[0] = 9;
    expect(decodeSafetensors(bytes).tensors.get("x")?.data).toEqual(Float32Array.of(1, 2));
  });

  const valid = { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) } as const;
  it.each([
    [{ __metadata__: valid }, 'tensor "__metadata__" must have a name that is not that of the metadata'],
    [{ "\ud800": valid }, 'names and metadata must be well-formed text, got "\\ud800"'],
    [{ x: { ...valid, dtype: "C64" } }, 'tensor "x" must have one of the dtypes U64, I64, F64,'],
    [{ x: { ...valid, dtype: "toString" } }, 'tensor "x" must have one of the dtypes U64, I64, F64,'],
    [{ x: { ...valid, data: [1, 2] } }, 'tensor "x" must have data in a Float32Array, got [1, 2]'],
    [{ x: { ...valid, data: Int32Array.of(1, 2) } }, 'tensor "x" must have data in a Float32Array, got {...}'],
    [{ x: { ...valid, shape: [3] } }, 'tensor "x" must have data of 3 elements for its shape [3], got 2'],
    [{ x: { ...valid, shape: [] } }, 'tensor "x" must have data of 1 elements for its shape [], got 2'],
    [{ x: { ...valid, shape: [-1, -2] } }, 'tensor "x" must have a shape of non-negative integers'],
    [{ x: { ...valid, shape: [2 ** 30, 2 ** 30] } }, 'tensor "x" must have a shape of non-negative integers'],
    [{ x: { ...valid, shape: 2 } }, 'tensor "x" must have a shape of non-negative integers'],
  ])("encodeSafetensors(%j) throws", (tensors, message) => {
    const call = () => encodeSafetensors(tensors as unknown as Record<string, SafetensorsTensor>);
    expect(call).toThrow(RangeError);
    expect(call).toThrow(`encodeSafetensors: ${message}`);
  });

  it.each([
    [{ epoch: 3 }, "metadata must be strings, got 3"],
    [{ note: "\udc00" }, 'names and metadata must be well-formed text, got "\\udc00"'],
  ])("encodeSafetensors({}, {metadata: %j}) throws", (metadata, message) => {
    const call = () => encodeSafetensors({}, { metadata: metadata as unknown as Record<string, string> });
    expect(call).toThrow(new RangeError(`encodeSafetensors: ${message}`));
  });
});
