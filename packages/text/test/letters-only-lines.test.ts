import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lettersOnly, lettersOnlyLines, splitLines } from "../src/index.ts";

const { source, cases } = golden<{ readonly cleaned: { readonly raw: string; readonly lines: readonly string[] } }>(
  import.meta.url,
  "d2l",
);

describe("lettersOnlyLines", () => {
  it(`lettersOnlyLines(text) equals ${source}`, () => {
    expect(lettersOnlyLines(cases.cleaned.raw)).toEqual(cases.cleaned.lines);
  });

  it.each([
    ["", []],
    ["\n", [""]],
    ["\r\n\r\n", ["", ""]],
    ["one", ["one"]],
    ["one\n", ["one"]],
    ["one\n\n", ["one", ""]],
    ["1914--1918", [""]],
    ["Don't PANIC", ["don t panic"]],
    ["\u212aelvin \u017f", ["elvin"]], // the Kelvin sign and the long s, whose lower and upper cases are k and S
  ])("lettersOnlyLines(%j) is %j", (text, lines) => {
    expect(lettersOnlyLines(text)).toEqual(lines);
  });

  it("lettersOnlyLines(text) of its own joined lines changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (parts) => {
        const lines = lettersOnlyLines(parts.join("\n"));
        expect(lines.every((line) => /^([a-z]+( [a-z]+)*)?$/.test(line))).toBe(true);
        expect(lettersOnlyLines(lines.map((line) => `${line}\n`).join(""))).toEqual(lines);
      }),
    );
  });

  const lineByLine = (text: string) => splitLines(text).map((line) => lettersOnly(line).trim());

  it("lettersOnlyLines(text) is lettersOnly of each line, trimmed, for any text", () => {
    const pieces = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\n", "\r", "\r\n", "\n\r", " ", "  ", "\u2028", "\u212a", "\u0130", "Ab c"),
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        expect(lettersOnlyLines(parts.join(""))).toEqual(lineByLine(parts.join("")));
      }),
      { numRuns: 300 },
    );
  });

  it.each(["\n", "\r", "\r\n", "\n\r", "\u2028"])(
    "lettersOnlyLines(a long text) cuts no line that ends in %j",
    (end) => {
      const line = `A line, of ${"letters ".repeat(9)}-${end}`;
      // Shifted by one character each time, so that a part ends everywhere in a line.
      for (let shift = 0; shift <= line.length; shift++) {
        const text = "x".repeat(shift) + line.repeat(500);
        expect(lettersOnlyLines(text)).toEqual(lineByLine(text));
      }
    },
  );

  it.each([undefined, null, 7, ["a"]])("throws a TypeError for %j", (text) => {
    expect(() => lettersOnlyLines(text as unknown as string)).toThrow(/^lettersOnlyLines: text must be a string, got/);
  });
});
