import type { Command } from "commander";
import type { ScoreOptions } from "./commands/score.ts";
import { jsonOption } from "./options.ts";
import { metricOptions, type MetricName, printingOptions, significanceOptions } from "./score-options.ts";

const DESCRIPTIONS: Readonly<Record<MetricName, string>> = {
  bleu: "BLEU: n-grams of words that a reference has too",
  chrf: "chrF: n-grams of characters that the reference has too; with --chrf-word-order 2 chrF++",
  ter: "translation edit rate: words to change or to shift, for each word of the reference",
  wer: "word error rate: words to change, for each word of the reference",
  cer: "character error rate: characters to change, for each character of the reference",
};

/** Adds `rnnkit score`, with a command for each metric, which has the options of that metric alone. */
export function addScoreCommand(program: Command): void {
  const score = program
    .command("score")
    .description("score translations or transcripts against references, with the numbers of sacreBLEU")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  rnnkit score bleu --refs ref.txt < hyp.txt",
        "  rnnkit score chrf --refs ref.txt ref2.txt --systems baseline.txt mine.txt yours.txt",
      ].join("\n"),
    );
  for (const name of Object.keys(metricOptions) as MetricName[]) {
    const command = score.command(name).description(DESCRIPTIONS[name]);
    const options = [...metricOptions[name](), ...significanceOptions(), ...printingOptions()];
    for (const option of options) command.addOption(option);
    command.addOption(jsonOption()).action(async (given: ScoreOptions) => {
      const wrong = misuse(given);
      if (wrong !== undefined) command.error(`error: ${wrong}`);
      await (await import("./commands/score.ts")).score(name, given);
    });
  }
}

/** What is wrong with options that are fine one by one. */
function misuse(options: ScoreOptions): string | undefined {
  const { systems = [], smoothMethod, smoothValue } = options;
  if (smoothValue !== undefined && smoothMethod !== "floor" && smoothMethod !== "add-k") {
    return "option '--smooth-value <x>' is of --smooth-method floor and add-k";
  }
  if ((options.pairedBs || options.pairedAr) && systems.length < 2) {
    return `option '--paired-${options.pairedAr ? "ar" : "bs"}' compares two or more --systems`;
  }
  if (options.sentenceLevel && systems.length > 1) {
    return `option '--sentence-level' takes one system, got ${systems.length}`;
  }
  return undefined;
}
