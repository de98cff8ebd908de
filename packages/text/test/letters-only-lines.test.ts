import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lettersOnlyLines } from "../src/index.ts";

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

  it.each([undefined, null, 7, ["a"]])("throws a TypeError for %j", (text) => {
    expect(() => lettersOnlyLines(text as unknown as string)).toThrow(/^lettersOnlyLines: text must be a string, got/);
  });
});
