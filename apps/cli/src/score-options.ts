import { Option } from "commander";
import { count, countOrZero, decimals, notNegative, seed } from "./number-parsers.ts";

// The options of `rnnkit score`: called as in sacreBLEU where they mean the same, with its defaults.

const option = (flags: string, description: string) => new Option(flags, description);
const flag = (flags: string, description: string) => option(flags, description).default(false);

const referencesOption = () =>
  option(
    "--refs <files...>",
    "the references, a line a segment; several files: several references of each segment",
  ).makeOptionMandatory();

/** For what is measured against one reference only. */
const referenceOption = () =>
  option("--refs <file>", "the reference, a line a segment")
    .argParser((path) => [path])
    .makeOptionMandatory();

const systemsOption = () =>
  option("--systems <files...>", "the outputs to score, the baseline first; default: one, from standard input");

export const significanceOptions = () => [
  flag("--confidence", "of one system: a 95 % confidence interval by bootstrap"),
  option("--confidence-n <n>", "the samples of an interval").argParser(count).default(1000),
  flag("--paired-bs", "of several systems, and their default: paired bootstrap against the first").conflicts(
    "pairedAr",
  ),
  option("--paired-bs-n <n>", "its samples").argParser(count).default(1000),
  flag("--paired-ar", "of several systems: approximate randomization instead"),
  option("--paired-ar-n <n>", "its trials").argParser(count).default(10_000),
  option("--seed <n>", "of what is drawn: the same seed gives the same intervals and p-values")
    .argParser(seed)
    .default(12345),
];

export const printingOptions = () => [
  flag("--sentence-level", "score each segment alone, a line each; of one system").conflicts([
    "confidence",
    "pairedBs",
    "pairedAr",
  ]),
  flag("--score-only", "print the scores and nothing else, a line each").conflicts("json"),
  option("--width <n>", "the decimals of scores").argParser(decimals).default(1),
];

/** What each metric asks for. */
export const metricOptions = {
  bleu: () => [
    referencesOption(),
    systemsOption(),
    option("--tokenize <name>", "how text becomes tokens")
      .choices(["13a", "intl", "zh", "char", "none"])
      .default("13a"),
    flag("--lowercase", "compare in lower case"),
    option("--smooth-method <name>", "what stands in for a precision of zero")
      .choices(["exp", "floor", "add-k", "none"])
      .default("exp"),
    option("--smooth-value <x>", "of floor (default: 0.1) and add-k (default: 1)").argParser(notNegative),
    option("--max-ngram-order <n>", "the longest n-grams").argParser(count).default(4),
  ],
  chrf: () => [
    referencesOption(),
    systemsOption(),
    option("--chrf-char-order <n>", "the longest character n-grams").argParser(count).default(6),
    option("--chrf-word-order <n>", "the longest word n-grams; 2 is chrF++").argParser(countOrZero).default(0),
    option("--chrf-beta <n>", "the weight of recall against that of precision").argParser(count).default(2),
    flag("--chrf-whitespace", "whitespace counts as characters"),
    flag("--chrf-lowercase", "compare in lower case"),
    flag("--chrf-eps-smoothing", "the mean of the F-scores of all orders, as chrF++.py, NLTK and Moses have it"),
  ],
  ter: () => [
    referencesOption(),
    systemsOption(),
    flag("--ter-normalized", "set punctuation apart from words first"),
    flag("--ter-no-punct", "remove punctuation first"),
    flag("--ter-asian-support", "treat Chinese and Japanese characters as words"),
    flag("--ter-case-sensitive", "case counts"),
  ],
  wer: () => [referenceOption(), systemsOption()],
  cer: () => [referenceOption(), systemsOption()],
};

export type MetricName = keyof typeof metricOptions;
