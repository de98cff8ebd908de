import { integer, xoshiro128 } from "@rnnkit/random";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Outputs of several systems beside the reference. */
export interface Translations {
  /** Where they come from, in words. */
  readonly origin: string;
  /** N segments for each. */
  readonly systems: readonly (readonly string[])[];
  /** N segments. */
  readonly reference: readonly string[];
}

// From the sources and from dist alike. The data may not be shipped with the project.
const WMT17 = new URL("../../../shared/data/bleu/wmt17-en-de-systems.tsv.gz", import.meta.url);

const NUM_SYSTEMS = 16;
const NUM_SEGMENTS = 3004;

/** The 16 systems of WMT17, English to German, where they are at hand, otherwise made-up text of the same size. */
export function translations(): Translations {
  return existsSync(WMT17) ? readTable(gunzipSync(readFileSync(WMT17)).toString("utf8")) : madeUpTranslations();
}

function readTable(text: string): Translations {
  const [header = [], ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  const column = (index: number) => rows.map((row) => row[index]!);
  const reference = header.indexOf("reference");
  return {
    origin: "WMT17 English to German",
    systems: header.flatMap((_, index) => (index === reference ? [] : [column(index)])),
    reference: column(reference),
  };
}

/** Made-up words, the short ones frequent; each system replaces some words of the reference, and moves others. */
export function madeUpTranslations(): Translations {
  const generator = xoshiro128(12345);
  const below = (count: number) => integer(generator, count);
  const letters = "etaoinshrdlucmfwypvbgkqjxz";
  const word = () => {
    const length = 1 + below(1 + below(14));
    const characters = Array.from({ length }, () => letters[below(1 + below(letters.length))]!);
    return characters.join("") + (below(9) === 0 ? ",.-"[below(3)]! : "");
  };
  const reference = Array.from({ length: NUM_SEGMENTS }, () => Array.from({ length: 2 + below(36) }, word));
  const systems = Array.from({ length: NUM_SYSTEMS }, (_, k) =>
    reference.map((words) => {
      const output = words.map((each) => (below(100) < 25 + k ? word() : each));
      if (below(3) === 0) output.splice(below(output.length), 0, ...output.splice(below(output.length), 2));
      return output.join(" ");
    }),
  );
  return { origin: "made-up text", systems, reference: reference.map((words) => words.join(" ")) };
}
