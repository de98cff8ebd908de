import { d2lTranslationText, tabSeparatedPairs, type SentencePair } from "@rnnkit/text";
import type { ReadData } from "../read-data.ts";
import { installedFile } from "./installed-file.ts";

/** English and French as the book prepares them, the shortest first. */
export interface FrenchPairs {
  readonly name: string;
  readonly pairs: readonly SentencePair[];
}

/** The shortest pairs of fra-eng; else the names of emoji in the two languages. */
export function frenchPairs(readData: ReadData): FrenchPairs {
  const text = readData("fra-eng/fra-head10000.txt");
  if (text !== undefined) return { name: "fra-eng", pairs: tabSeparatedPairs(d2lTranslationText(text)) };
  const english = emojiNames("en");
  const french = emojiNames("fr");
  const lines = [...english].flatMap(([emoji, name]) => (french.has(emoji) ? [`${name}\t${french.get(emoji)}`] : []));
  lines.sort((a, b) => a.indexOf("\t") - b.indexOf("\t"));
  const name = "the names of emoji (cldr-annotations-full), in place of fra-eng";
  return { name, pairs: tabSeparatedPairs(d2lTranslationText(lines.join("\n"))) };
}

function emojiNames(language: string): Map<string, string> {
  const file = installedFile("cldr-annotations-full", `annotations/${language}/annotations.json`);
  const json = JSON.parse(file) as { annotations: { annotations: Record<string, { tts?: string[] }> } };
  return new Map(
    Object.entries(json.annotations.annotations).flatMap(([emoji, { tts }]) => (tts?.[0] ? [[emoji, tts[0]]] : [])),
  );
}

/** The pairs of the book: the first 601. After them, those whose source is not among them are held out. */
export function splitPairs({ pairs }: FrenchPairs, { numHeldOut }: { numHeldOut: number }) {
  const train = pairs.slice(0, 601);
  const seen = new Set(train.map(({ source }) => source));
  const heldOut = pairs.slice(601).filter(({ source }) => !seen.has(source));
  return { train, heldOut: heldOut.slice(0, numHeldOut) };
}
