import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOfText } from "../src/tokenizers/unit-hash.ts";
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

  it("tokenIndex() tells tokens apart whose hashes are equal", () => {
    // A pair that FNV-1a is known to give one hash.
    const index = tokenIndex();
    expect(["costarring", "liquid", "costarring", "liquid"].map((token) => index.place(token))).toEqual([0, 1, 0, 1]);
    expect([index.find("liquid"), index.find("costarring")]).toEqual([1, 0]);
  });

  it("placeFound(source, start, end, hash) is place(text.slice(start, end)), however both are mixed", () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("costarring", "liquid")), {
      maxLength: 200,
      size: "max",
    });
    fc.assert(
      fc.property(texts, fc.nat({ max: 3 }), (list, step) => {
        const [index, expected] = [tokenIndex(), tokenIndex(3000)];
        for (const [i, text] of list.entries()) {
          const source = { text, units: Uint16Array.from(text.split(""), (unit) => unit.charCodeAt(0)) };
          const [start, end] = [Math.min(step, text.length), text.length];
          const token = text.slice(start, end);
          expect(index.placeFound(source, start, end, hashOfText(token))).toBe(expected.place(token));
          const mixed = i % 3 === 0 ? text : list[0]!;
          expect(index.place(mixed)).toBe(expected.place(mixed));
        }
        expect(index.tokens).toEqual(expected.tokens);
      }),
      { numRuns: 30 },
    );
  });

  it("find(what is no string) is -1", () => {
    const index = tokenIndex();
    index.place("undefined");
    for (const token of [undefined, null, 7, ["a"], {}]) expect(index.find(token as string)).toBe(-1);
  });
});
