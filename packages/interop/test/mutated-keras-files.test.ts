import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeKerasFile } from "../src/index.ts";
import { unpack, type KerasCase } from "./keras-cases.ts";

const { cases } = golden<readonly KerasCase[]>(import.meta.url, "keras-layers");
const archives = cases.map(({ files }) => unpack(files[".keras"]!));
const hdf5 = cases.flatMap(({ files }) =>
  [files[".h5"], files[".weights.h5"]].flatMap((file) => (file ? [unpack(file)] : [])),
);

/** Sets bytes; in an archive, of its directory and headers, which are checked here and not by the HDF5 library. */
const change = fc.tuple(fc.noBias(fc.nat(0xffffff)), fc.nat(255));

async function outcomeOf(bytes: Uint8Array): Promise<"decoded" | "refused"> {
  try {
    await decodeKerasFile(bytes);
    return "decoded";
  } catch (error) {
    if (!(error instanceof RangeError && error.message.startsWith("decodeKerasFile: "))) throw error;
    return "refused";
  }
}

it.each([
  ["archives", archives, (length: number) => Math.max(0, length - 400)],
  ["archives", archives, () => 0],
  ["HDF5 files", hdf5, () => 0],
])("decodeKerasFile of mutated %s decodes or refuses: more of it in tools/interop/fuzz.mjs", async (_, files, from) => {
  const outcomes = { decoded: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (file, changes) => {
        const bytes = file.slice();
        for (const [place, value] of changes) {
          const start = from(bytes.length);
          bytes[start + (place % (bytes.length - start))] = value;
        }
        outcomes[await outcomeOf(bytes)]++;
      },
    ),
    { seed: 11, numRuns: 200 },
  );
  expect(outcomes.refused).toBeGreaterThan(20);
  expect(outcomes.decoded + outcomes.refused).toBe(200);
});

it("decodeKerasFile of every beginning of an archive refuses", async () => {
  const whole = archives[0]!;
  for (let length = 0; length < whole.length; length += 97)
    expect(await outcomeOf(whole.subarray(0, length))).toBe("refused");
});
