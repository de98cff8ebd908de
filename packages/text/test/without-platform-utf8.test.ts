import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { characters, encodeCorpus, lettersOnlyLines, words } from "../src/index.ts";

describe("a platform without a coder of UTF-8", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const pieces = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    fc.constantFrom("\n", "\r", "\r\n", " ", "\0", "\ufeff", "\ud83d", "\u212a", "Ab c", "x".repeat(2047)),
    fc.constantFrom("A, b. ".repeat(3000), "y".repeat(20_000)),
  );
  const anyText = fc.array(pieces).map((parts) => parts.join(""));

  it.each(["TextEncoder", "TextDecoder"])("has the same lines and ids, as one without %s", async (name) => {
    vi.stubGlobal(name, undefined);
    vi.resetModules();
    const { platformUtf8 } = await import("../src/streams/platform-utf8.ts");
    const without = await import("../src/index.ts");
    expect(platformUtf8).toBeUndefined();
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = lettersOnlyLines(text);
        expect(without.lettersOnlyLines(text)).toEqual(lines);
        for (const texts of [
          [text, "end"],
          [...lines, "end"],
        ]) {
          for (const token of ["words", "characters"] as const) {
            const expected = encodeCorpus(texts, { tokenizer: { words, characters }[token] });
            const { ids, vocabulary } = without.encodeCorpus(texts, { tokenizer: without[token] });
            expect(ids).toEqual(expected.ids);
            expect(vocabulary.tokens).toEqual(expected.vocabulary.tokens);
            expect(vocabulary.frequencies).toEqual(expected.vocabulary.frequencies);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
