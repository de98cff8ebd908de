import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packedTokens, packUnit, padBlock } from "../src/vocabulary/packed-tokens.ts";
import { tokenIndex } from "../src/vocabulary/token-index.ts";

describe("tokenIndex", () => {
  it("tokenIndex() numbers tokens as a Map would", () => {
    const strings = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom("", "\ud83d", "__proto__", "a", "b"),
    );
    fc.assert(
      fc.property(fc.array(strings, { maxLength: 3000, size: "max" }), strings, (tokens, other) => {
        const index = tokenIndex();
        const expected = new Map<string, number>();
        for (const token of tokens) {
          if (!expected.has(token)) expected.set(token, expected.size);
          expect(index.place(token)).toBe(expected.get(token));
        }
        expect(index.tokens).toEqual([...expected.keys()]);
        expect(tokens.map((token) => index.find(token))).toEqual(tokens.map((token) => expected.get(token)));
        expect(index.find(other)).toBe(expected.get(other) ?? -1);
      }),
      { numRuns: 30 },
    );
  });

  it("tokenIndex() tells tokens apart that share a slot, or differ in their end alone", () => {
    // More than there are slots, of every length; NUL and U+00FF are nearest to what fills a block.
    const tokens = Array.from(
      { length: 5000 },
      (_, i) => `${i}`.repeat(i % 4) + "\0".repeat(i % 5) + "\u00ff".repeat(i % 3),
    );
    const distinct = [...new Set(tokens)];
    const index = tokenIndex();
    expect(distinct.map((token) => index.place(token))).toEqual(distinct.map((_, number) => number));
    expect(distinct.map((token) => index.find(token))).toEqual(distinct.map((_, number) => number));
    expect(distinct.map((token) => index.find(`${token}\0`))).toEqual(
      distinct.map((token) => distinct.indexOf(`${token}\0`)),
    );
  });

  it("placePacked(packed, text, numbers, at) is place(token) of each, however both are mixed", () => {
    const token = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "a", "\0", "abcd", "abcd\0", "\ud83d"));
    fc.assert(
      fc.property(fc.array(fc.array(token), { maxLength: 200, size: "max" }), fc.nat({ max: 3 }), (texts, at) => {
        const [index, expected] = [tokenIndex(), tokenIndex(3000)];
        for (const tokens of texts) {
          const text = tokens.join("");
          const packed = packedTokens(text.length + tokens.length);
          let [start, block] = [0, 0];
          tokens.forEach((each, i) => {
            let end = 4 * block;
            for (const unit of each.split("")) end = packUnit(packed.bytes, end, unit.charCodeAt(0));
            block = padBlock(packed.bytes, end);
            packed.blockEnds[i] = block;
            packed.textStarts[i] = start;
            packed.textEnds[i] = start += each.length;
          });
          packed.numTokens = tokens.length;
          const numbers = new Int32Array(at + tokens.length).fill(-7);
          index.placePacked(packed, text, numbers, at);
          expect([...numbers]).toEqual([...Array<number>(at).fill(-7), ...tokens.map((each) => expected.place(each))]);
          const mixed = texts[0]!.join("");
          expect(index.place(mixed)).toBe(expected.place(mixed));
        }
        expect(index.tokens).toEqual(expected.tokens);
      }),
      { numRuns: 30 },
    );
  });

  it("findAll(tokens, numbers) is find of each, also of long ones and of what is no string", () => {
    const index = tokenIndex();
    const tokens = ["a", "", "x".repeat(1000), "\u4e2d".repeat(300), "\ud83d", "b"];
    tokens.forEach((token) => index.place(token));
    const all = [
      ...tokens,
      "c",
      7 as unknown as string,
      "x".repeat(1001),
      "y".repeat(5000),
      undefined as unknown as string,
      "b",
    ];
    const numbers = new Int32Array(all.length);
    index.findAll(all, numbers);
    expect([...numbers]).toEqual([0, 1, 2, 3, 4, 5, -1, -1, -1, -1, -1, 5]);
    expect([...numbers]).toEqual(all.map((token) => index.find(token)));
  });

  it("find(what is no string) is -1", () => {
    const index = tokenIndex();
    index.place("undefined");
    for (const token of [undefined, null, 7, ["a"], {}]) expect(index.find(token as string)).toBe(-1);
  });
});
