import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { madeUpTranslations } from "./translations.ts";

export type CorpusName = "time-machine" | "wikitext-2";

/** A corpus, and where it comes from. */
export interface CorpusText {
  /** In words. */
  readonly origin: string;
  readonly text: string;
}

// From the sources and from dist alike. The data may not be shipped with the project.
const DATA = new URL("../../../shared/data/", import.meta.url);
const FILES: Readonly<Record<CorpusName, { readonly path: string; readonly title: string }>> = {
  "time-machine": { path: "timemachine.txt", title: "The Time Machine" },
  "wikitext-2": { path: "wikitext-2/train.txt.gz", title: "WikiText-2" },
};

/** The corpus where it is at hand, otherwise made-up text of like size. */
export function corpusText(name: CorpusName): CorpusText {
  const { path, title } = FILES[name];
  const url = new URL(path, DATA);
  if (existsSync(url)) {
    const bytes = readFileSync(url);
    return { origin: title, text: (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8") };
  }
  const { systems, reference } = madeUpTranslations();
  return { origin: "made-up text", text: (name === "time-machine" ? reference : systems.flat()).join("\n") };
}

/** A few lines, to show that a benchmark runs. */
export function smallText(): CorpusText {
  return { origin: "made-up text", text: madeUpTranslations().reference.slice(0, 20).join("\n") };
}
