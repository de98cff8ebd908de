import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../src/index.ts";

/** A file with this header, written literally, and so many bytes of data. */
function file(header: string | Uint8Array, dataLength = 0): Uint8Array {
  const bytes = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const whole = new Uint8Array(8 + bytes.length + dataLength);
  new DataView(whole.buffer).setUint32(0, bytes.length, true);
  whole.set(bytes, 8);
  return whole;
}

/** A header of one tensor "a" with these members. */
const tensor = (dtype: string, shape: string, offsets: string) =>
  `{"a":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}}`;

const members = (name: string, begin: number, end: number) =>
  `${JSON.stringify(name)}:{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`;

describe("decodeSafetensors", () => {
  it.each([
    ["an empty file", new Uint8Array(0), "bytes must start with the header's length, 8 bytes, got 0 in all"],
    ["seven bytes", new Uint8Array(7), "bytes must start with the header's length, 8 bytes, got 7 in all"],
    ["a header of no bytes", new Uint8Array(8), 'header must start with {, got ""'],
    ["a header beyond the end", file("{}").subarray(0, 9), "header must end within the file, got 2 of 1 bytes"],
    ["a huge header", Uint8Array.of(1, 0xe1, 0xf5, 5, 0, 0, 0, 0), "header must have at most 100000000 bytes"],
    ["the largest length", new Uint8Array(8).fill(255), "header must have at most 100000000 bytes"],
    ["broken UTF-8", file(Uint8Array.of(0x7b, 0xff, 0x7d)), "header must be UTF-8, got other bytes"],
    ["a byte order mark", file("\ufeff{}"), 'header must start with {, got "\ufeff"'],
    ["an array", file("[]"), 'header must start with {, got "["'],
    ["space before the header", file(" {}"), 'header must start with {, got " "'],
    ["broken JSON", file('{"a":}'), "header must be JSON, got a syntax error"],
    ["more after the JSON", file("{}x"), "header must be JSON, got a syntax error"],
    [
      "a name twice",
      file(`{${members("a", 0, 1)},${members("a", 0, 1)}}`, 1),
      'header must have each name once, got "a" twice',
    ],
    [
      "a name twice, once escaped",
      file(`{${members("a", 0, 1)}, "\\u0061" : ${members("a", 1, 2).slice(4)}}`, 2),
      'header must have each name once, got "a" twice',
    ],
    ["a member twice", file('{"a":{"dtype":"U8","dtype":"I8"}}'), 'header must have each name once, got "dtype" twice'],
    [
      "__metadata__ twice",
      file('{"__metadata__":{},"__metadata__":{}}'),
      'header must have each name once, got "__metadata__" twice',
    ],
    ["metadata that is null", file('{"__metadata__":null}'), "__metadata__ must be an object, got null"],
    ["metadata that is an array", file('{"__metadata__":["a"]}'), '__metadata__ must be an object, got ["a"]'],
    ["metadata that is no text", file('{"__metadata__":{"a":1}}'), '__metadata__ "a" must be well-formed text, got 1'],
    [
      "halves of a character in name and text",
      file('{"__metadata__":{"\\ud83d":"\\ude00"}}'),
      '__metadata__ "\\ud83d" must be well-formed text, got "\\ude00"',
    ],
    ["half a character", file('{"\\ud83d":{}}'), 'tensor "\\ud83d" must have a well-formed name, got "\\ud83d"'],
    ["no description", file('{"a":null}'), 'tensor "a" must be described by an object, got null'],
    ["a list as description", file('{"a":[1,[2],{}]}'), "be described by an object, got [1, [...], {...}]"],
    ["no dtype", file('{"a":{}}'), 'tensor "a" must have one of the dtypes'],
    ["an unknown dtype", file(tensor('"F4"', "[1]", "[0,1]"), 1), 'F8_E5M2, I8, U8, BOOL, got "F4"'],
    ["an inherited dtype", file(tensor('"toString"', "[]", "[0,0]")), 'BOOL, got "toString"'],
    ["a shape that is none", file(tensor('"U8"', "3", "[0,3]"), 3), "a product below 2^53, got 3"],
    ["a negative size", file(tensor('"U8"', "[-1,-1]", "[0,1]"), 1), "a product below 2^53, got [-1, -1]"],
    ["half an element", file(tensor('"U8"', "[0.5,2]", "[0,1]"), 1), "a product below 2^53, got [0.5, 2]"],
    ["a size as text", file(tensor('"U8"', '["1"]', "[0,1]"), 1), 'a product below 2^53, got ["1"]'],
    ["too large a size", file(tensor('"U8"', "[1e300]", "[0,1]"), 1), "a product below 2^53, got [1e+300]"],
    [
      "too large a product, then none",
      file(tensor('"U8"', "[4294967296,4294967296,0]", "[0,0]")),
      "a product below 2^53, got [4294967296, 4294967296, 0]",
    ],
    ["one offset", file(tensor('"U8"', "[0]", "[0]")), "two non-negative integers as data_offsets, got [0]"],
    ["three offsets", file(tensor('"U8"', "[0]", "[0,0,0]")), "as data_offsets, got [0, 0, 0]"],
    ["a negative offset", file(tensor('"U8"', "[1]", "[-1,0]"), 1), "as data_offsets, got [-1, 0]"],
    ["no offsets", file('{"a":{"dtype":"U8","shape":[]}}', 1), "as data_offsets, got undefined"],
    ["reversed offsets", file(tensor('"U8"', "[1]", "[1,0]"), 1), "have data_offsets 1 bytes apart"],
    ["offsets of another size", file(tensor('"F32"', "[2]", "[0,4]"), 4), "have data_offsets 8 bytes apart"],
    ["missing data", file(tensor('"U8"', "[4]", "[0,4]"), 3), "data must have the 4 bytes of its tensors, got 3"],
    ["data without an end", file(tensor('"F64"', "[1e12]", "[0,8e12]"), 8), "data must have the 8000000000000 bytes"],
    ["trailing bytes", file(tensor('"U8"', "[4]", "[0,4]"), 5), "data must have the 4 bytes of its tensors, got 5"],
    ["data of no tensor", file("{}", 1), "data must have the 0 bytes of its tensors, got 1"],
    ["a hole at the start", file(`{${members("a", 1, 2)}}`, 2), 'tensor "a" must start at byte 0 of the data, got 1'],
    [
      "a hole between tensors",
      file(`{${members("a", 0, 1)},${members("b", 2, 3)}}`, 3),
      'tensor "b" must start at byte 1 of the data, got 2',
    ],
    [
      "tensors that overlap",
      file(`{${members("a", 0, 2)},${members("b", 1, 3)}}`, 3),
      'tensor "b" must start at byte 2 of the data, got 1',
    ],
    [
      "an endless name",
      file(`{${JSON.stringify("x".repeat(1e5))}:0}`),
      `tensor "${"x".repeat(60)}..." must be described by an object, got 0`,
    ],
    ["endless nesting", file(`{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`), "described by an object, got [[...]]"],
  ])("decodeSafetensors refuses %s", (_, bytes, message) => {
    const call = () => decodeSafetensors(bytes);
    expect(call).toThrow(RangeError);
    expect(call).toThrow(/^decodeSafetensors: /);
    expect(call).toThrow(message);
  });

  it.each([[undefined], ["{}"], [new ArrayBuffer(16)], [[8, 0, 0, 0, 0, 0, 0, 0]]])(
    "decodeSafetensors(%j) is a TypeError",
    (bytes) => {
      expect(() => decodeSafetensors(bytes as unknown as Uint8Array)).toThrow(TypeError);
      expect(() => decodeSafetensors(bytes as unknown as Uint8Array)).toThrow(
        "decodeSafetensors: bytes must be a Uint8Array",
      );
    },
  );

  it("decodeSafetensors takes space behind the header, tensors in any order and members it does not know", () => {
    const header = `{${members("b", 1, 3)},\n ${members("a", 0, 1).replace("}", ',"note":[{}]}')}} \n\t`;
    expect([...decodeSafetensors(file(header, 3)).tensors.keys()]).toEqual(["a", "b"]);
  });

  it("decodeSafetensors keeps names that mean something to JavaScript apart", () => {
    const names = ["__proto__", "constructor", "hasOwnProperty", "__defineGetter__"];
    const header = `{${names.map((name, i) => members(name, i, i + 1)).join(",")},"__metadata__":{"__proto__":"x"}}`;
    const { tensors, metadata } = decodeSafetensors(file(header, names.length));
    expect([...tensors.keys()]).toEqual(names);
    expect([...metadata]).toEqual([["__proto__", "x"]]);
    expect(({} as Record<string, unknown>)["dtype"]).toBeUndefined();
  });

  const encoded = encodeSafetensors({ x: { dtype: "F32", shape: [3], data: Float32Array.of(1, 2, 3) } });

  it("decodeSafetensors(bytes) shares memory with bytes where the data is aligned", () => {
    const bytes = encoded.slice();
    const data = decodeSafetensors(bytes).tensors.get("x")!.data as Float32Array;
    expect(data.buffer).toBe(bytes.buffer);
    bytes.fill(0);
    expect(data).toEqual(new Float32Array(3));
  });

  it.each(["Uint8Array", "Buffer"])("decodeSafetensors of a %s copies what is not aligned, and only that", (kind) => {
    const shifted = new Uint8Array(encoded.length + 9);
    const bytes = kind === "Buffer" ? Buffer.from(shifted.buffer, 1, encoded.length) : shifted.subarray(1, -8);
    bytes.set(encoded);
    const { data } = decodeSafetensors(bytes).tensors.get("x")!;
    expect(data.byteLength).toBe(data.buffer.byteLength);
    bytes.fill(0);
    expect(data).toEqual(Float32Array.of(1, 2, 3));
  });

  it("decodeSafetensors of mutated files decodes or refuses, and what it decodes can be encoded", () => {
    const originals = [
      encoded,
      encodeSafetensors({}, { metadata: { format: "pt" } }),
      encodeSafetensors(
        {
          "rnn.weight": { dtype: "F64", shape: [1, 2], data: Float64Array.of(1, 2) },
          é: { dtype: "BF16", shape: [], data: Uint16Array.of(1) },
          empty: { dtype: "I64", shape: [0, 3], data: new BigInt64Array(0) },
          "0": { dtype: "BOOL", shape: [3], data: Uint8Array.of(1, 0, 1) },
        },
        { metadata: { a: '"', b: "\\" } },
      ),
    ];
    const at = fc.noBias(fc.nat(0xffff));
    const tokens = [
      '"x"',
      '"é"',
      '"\\ud800"',
      '"F32"',
      "0",
      "1",
      "8",
      "-1",
      "0.5",
      "1e99",
      "9007199254740991",
      "null",
      "[]",
      "{}",
    ];
    const mutation = fc.oneof(
      fc.tuple(at, fc.nat(255)).map(
        ([place, value]) =>
          (bytes: Uint8Array) =>
            withByte(bytes, place, value),
      ),
      fc.tuple(at, fc.nat(9)).map(
        ([place, count]) =>
          (bytes: Uint8Array) =>
            withoutBytes(bytes, place, count),
      ),
      fc.tuple(at, fc.constantFrom(...tokens)).map(
        ([place, token]) =>
          (bytes: Uint8Array) =>
            withToken(bytes, place, token),
      ),
      fc.tuple(at, at).map(
        ([place, other]) =>
          (bytes: Uint8Array) =>
            withToken(bytes, place, other),
      ),
    );
    const outcomes = { decoded: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (original, mutations) => {
          const bytes = mutations.reduce<Uint8Array>((mutated, mutate) => mutate(mutated), original);
          try {
            const { tensors, metadata } = decodeSafetensors(bytes);
            encodeSafetensors(tensors, { metadata });
            outcomes.decoded++;
          } catch (error) {
            if (!(error instanceof RangeError && error.message.startsWith("decodeSafetensors: "))) throw error;
            outcomes.refused++;
          }
        },
      ),
      { seed: 32, numRuns: 5000 },
    );
    expect(outcomes.decoded).toBeGreaterThan(300);
    expect(outcomes.refused).toBeGreaterThan(3000);
  });
});

function withByte(bytes: Uint8Array, place: number, value: number): Uint8Array {
  return bytes.map((byte, i) => (i === place % bytes.length ? value : byte));
}

function withoutBytes(bytes: Uint8Array, place: number, count: number): Uint8Array {
  const start = place % (bytes.length + 1);
  return Uint8Array.of(...bytes.subarray(0, start), ...bytes.subarray(start + count));
}

/** The file with a string or number of its header replaced, by text or by another of them; the header's length is right. */
function withToken(bytes: Uint8Array, place: number, replacement: string | number): Uint8Array {
  if (bytes.length < 8) return bytes;
  const dataStart = 8 + new DataView(bytes.buffer).getUint32(0, true);
  const header = new TextDecoder().decode(bytes.subarray(8, dataStart));
  const tokens = header.match(/"[^"]*"|\d+/g) ?? ["0"];
  const token = typeof replacement === "string" ? replacement : tokens[replacement % tokens.length]!;
  let i = 0;
  const mutated = header.replace(/"[^"]*"|\d+/g, (old) => (i++ === place % tokens.length ? token : old));
  const data = bytes.subarray(dataStart);
  const whole = file(mutated, data.length);
  whole.set(data, whole.length - data.length);
  return whole;
}
