import { expect, it } from "vitest";
import { isSpace } from "../src/tokenizers/is-space.ts";
import { pythonRegex } from "../src/tokenizers/python-regex.ts";

it("isSpace(unit) is Python's \\s, for every code unit", () => {
  const space = new RegExp(`^${pythonRegex("\\s").source}$`, "u");
  const different: number[] = [];
  for (let unit = 0; unit <= 0xffff; unit++) {
    if (isSpace(unit) !== space.test(String.fromCharCode(unit))) different.push(unit);
  }
  expect(different).toEqual([]);
});
