import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSegments } from "../src/read-segments.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rnnkit-segments-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it.each([
  ["a b\nc\n", ["a b", "c"]],
  ["a b\nc", ["a b", "c"]],
  ["a\r\nb \t\n", ["a", "b"]],
  ["\n\n", ["", ""]],
  ["a\u2028b\nc\u000bd\n", ["a\u2028b", "c\u000bd"]], // only \n ends a line
  ["a\u001c\u0085\u00a0\nb\ufeff\n", ["a", "b\ufeff"]], // as Python's rstrip: separators go, a byte order mark stays
  ["\ufeffa\n", ["a"]], // but the one that begins a file
])("readSegments(path) of %j is %j", async (text, lines) => {
  const path = join(folder, "segments.txt");
  await writeFile(path, text);
  expect(await readSegments(path)).toEqual({ source: path, lines });
});
