import type { Bundle } from "@rnnkit/models";
import { mkdtemp, readdir, rename, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readBundle, writeBundle } from "../src/bundle-folder.ts";

const bundle = (byte: number): Bundle => ({
  "config.json": Uint8Array.of(byte),
  "model.safetensors": Uint8Array.of(byte, byte),
  "vocabulary.json": Uint8Array.of(byte, byte, byte),
});

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "rnnkit-bundle-"));
});
afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

it("readBundle(folder) gives what writeBundle(folder, bundle) wrote, and nothing lies beside it", async () => {
  const folder = join(parent, "deep", "model");
  for (const byte of [1, 2]) {
    await writeBundle(folder, bundle(byte));
    expect(await readBundle(folder)).toEqual(bundle(byte));
    expect(await readdir(join(parent, "deep"))).toEqual(["model"]);
  }
});

it("readBundle(folder) finds the old bundle when the process died between the two renames", async () => {
  const folder = join(parent, "model");
  await writeBundle(folder, bundle(1));
  await rename(folder, `${folder}.previous`);
  expect(await readBundle(folder)).toEqual(bundle(1));
  await writeBundle(folder, bundle(2));
  expect(await readBundle(folder)).toEqual(bundle(2));
  expect(await readdir(parent)).toEqual(["model"]);
});

it("writeBundle(folder, bundle) is not disturbed by what an interrupted one left half-written", async () => {
  const folder = join(parent, "model");
  await mkdir(`${folder}.next`);
  await writeFile(join(`${folder}.next`, "config.json"), "half");
  await writeBundle(folder, bundle(3));
  expect(await readBundle(folder)).toEqual(bundle(3));
  expect(await readdir(parent)).toEqual(["model"]);
});

it("writeBundle(folder, bundle) that fails leaves the old bundle as it was", async () => {
  const folder = join(parent, "model");
  await writeBundle(folder, bundle(1));
  const damaged = { ...bundle(2), "vocabulary.json": undefined as never };
  await expect(writeBundle(folder, damaged)).rejects.toThrow(TypeError);
  expect(await readBundle(folder)).toEqual(bundle(1));
});
