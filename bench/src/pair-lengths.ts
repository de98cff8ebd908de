import { integer, xoshiro128 } from "@rnnkit/random";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

// From the sources and from dist alike. The data may not be shipped with the project.
const FRA_ENG = new URL("../../../shared/data/fra-eng/fra.txt.gz", import.meta.url);

/** Where the lengths come from, in words. */
export const PAIRS_ORIGIN = existsSync(FRA_ENG) ? "fra-eng" : "made-up lengths";

/**
 * The numbers of ids of sentences in English and French, sorted by that in English: those of fra-eng as d2l has its tokens,
 * or as many made-up ones. English ends in `<eos>`, French has `<bos>` and `<eos>`.
 */
export function pairLengths(): [source: number, target: number][] {
  if (!existsSync(FRA_ENG)) return madeUpPairLengths();
  const text = gunzipSync(readFileSync(FRA_ENG))
    .toString("utf8")
    .replaceAll(/[\u202f\u00a0]/g, " ");
  const numTokens = (side: string) => side.replaceAll(/(?<=[^ ])(?=[,.!?])/g, " ").split(" ").length;
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [english = "", french = ""] = line.split("\t");
      return [numTokens(english) + 1, numTokens(french) + 2];
    });
}

/** As long on average, and as different from each other, as the pairs of fra-eng. */
export function madeUpPairLengths(): [source: number, target: number][] {
  const generator = xoshiro128(12345);
  const about = (mean: number) => {
    let length = 0;
    for (let i = 0; i < 3; i++) length += integer(generator, Math.round((2 * mean) / 3) + 1);
    return Math.max(1, length);
  };
  return Array.from({ length: 167_130 }, () => about(7))
    .sort((a, b) => a - b)
    .map((source) => [source + 1, about(source) + 2]);
}
