import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { madeUpTranslations } from "./translations.ts";

/** A corpus in words between spaces. */
export interface Wikitext {
  /** Where it comes from, in words. */
  readonly origin: string;
  readonly lines: readonly string[];
}

// From the sources and from dist alike. The data may not be shipped with the project.
const TRAIN = new URL("../../../shared/data/wikitext-2/train.txt.gz", import.meta.url);

/** The training part of WikiText-2 where it is at hand, otherwise made-up text. */
export function wikitext(): Wikitext {
  if (!existsSync(TRAIN)) return { origin: "made-up text", lines: madeUpTranslations().systems.flat() };
  return { origin: "WikiText-2", lines: gunzipSync(readFileSync(TRAIN)).toString("utf8").split("\n") };
}
