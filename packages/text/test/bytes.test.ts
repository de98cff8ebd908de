import { tokenizerContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes } from "../src/index.ts";

tokenizerContract("bytes", () => bytes);

const tokensOf = (codes: Iterable<number>) => Array.from(codes, (code) => String.fromCharCode(code));

describe("bytes", () => {
  it("bytes.tokens has the token of byte n at n", () => {
    expect(bytes.tokens).toEqual(tokensOf(Array(256).keys()));
    expect(Object.isFrozen(bytes.tokens)).toBe(true);
  });

  it("bytes.encode(text) gives the bytes of the platform's UTF-8, for any text without lone surrogates", () => {
    const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(texts, (text) => {
        expect(bytes.encode(text)).toEqual(tokensOf(new TextEncoder().encode(text)));
      }),
    );
  });

  it("bytes.decode(tokens) gives the text of the platform's UTF-8, for any bytes but those of surrogates", () => {
    const edges = fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xe1, 0xf0, 0xf4, 0xf5);
    const lists = fc.array(fc.oneof(edges, fc.integer({ min: 0, max: 255 })).filter((byte) => byte !== 0xed));
    fc.assert(
      fc.property(lists, (codes) => {
        const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
        expect(bytes.decode(tokensOf(codes))).toBe(decoder.decode(Uint8Array.from(codes)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["\ud83d", [0xed, 0xa0, 0xbd]],
    ["\ude00", [0xed, 0xb8, 0x80]],
    ["\u{1f600}", [0xf0, 0x9f, 0x98, 0x80]],
    ["\ude00\ud83d", [0xed, 0xb8, 0x80, 0xed, 0xa0, 0xbd]],
  ])("bytes.encode(%j) gives half of a pair the three bytes of its code", (text, codes) => {
    expect(bytes.encode(text)).toEqual(tokensOf(codes));
    expect(bytes.decode(tokensOf(codes))).toBe(text);
  });

  it("bytes.encodeWithOffsets(text) gives the bytes of a character its place", () => {
    expect(bytes.encodeWithOffsets("a\u00e9\u{1f600}b").map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      ...Array.from({ length: 2 }, () => [1, 2]),
      ...Array.from({ length: 4 }, () => [2, 4]),
      [4, 5],
    ]);
  });

  it("bytes.decode(tokens) keeps tokens that are no bytes, and ends a character before them", () => {
    expect(bytes.decode(["<bos>", "\xc3", "\xa9", "<unk>", "\xc3", "\u20ac", "\xa9"])).toBe(
      "<bos>\u00e9<unk>\ufffd\u20ac\ufffd",
    );
  });

  it("bytes.decode(bytes.encode(text)) is the text where that is long", () => {
    const text = "a\u00e9\u20ac\u{1f600}\ud800".repeat(10_000);
    expect(bytes.decode(bytes.encode(text))).toBe(text);
  });
});
