import { lettersOnlyLines, ngramFrequencies, words, zipf } from "@rnnkit/text";
import { timeMachine } from "./corpora/time-machine.ts";
import { lineChart } from "./drawings/line-chart.ts";
import type { ExampleOptions, ExampleResult, Figure } from "./example.ts";

/** What the book prints: how often the most frequent words, pairs and triples of The Time Machine occur. */
const PRINTED: Readonly<Record<string, string>> = {
  the: "2261",
  i: "1267",
  and: "1245",
  of: "1155",
  a: "816",
  "of the": "309",
  "the time traveller": "59",
};

/** How often words occur, one by one, in pairs and in triples, and how well that follows Zipf's law. */
export async function textStatistics({ readData, isSmall }: ExampleOptions): Promise<ExampleResult> {
  const { name, text } = timeMachine(readData);
  const isBook = name === "The Time Machine" && !isSmall; // what is printed says nothing of another text
  const lines = lettersOnlyLines(text);
  const tokens = words.encode(lines.slice(0, isSmall ? 500 : lines.length).join("\n"));

  const figures: Figure[] = [{ name: "words", value: tokens.length }];
  const texts = [];
  const series = [];
  for (const [i, label] of ["unigrams", "bigrams", "trigrams"].entries()) {
    const ranked = ngramFrequencies(tokens, { order: i + 1 });
    const { frequencies, exponent } = zipf(ranked.map(([, frequency]) => frequency));
    figures.push({ name: `distinct ${label}`, value: ranked.length });
    figures.push({ name: `exponent of Zipf's law, ${label}`, value: exponent });
    for (const [ngram, frequency] of ranked) {
      const printed = PRINTED[ngram.join(" ")];
      if (isBook && printed !== undefined) figures.push({ name: `“${ngram.join(" ")}”`, value: frequency, printed });
    }
    const most = ranked.slice(0, 10).map(([ngram, frequency]) => `${ngram.join(" ")} ${frequency}`);
    texts.push({ label: `The most frequent ${label}`, text: most.join(", ") });
    series.push({ name: label, points: Array.from(frequencies, (frequency, rank) => [rank + 1, frequency] as const) });
  }
  const chart = lineChart(series, { title: "Frequency by rank", x: "rank", y: "frequency", isLogarithmic: true });
  return { data: name, figures, texts, drawings: { "text-statistics.svg": chart } };
}
