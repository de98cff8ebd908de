import {
  type BleuOptions,
  type BleuSmoothing,
  bleuMetric,
  cerMetric,
  chrfMetric,
  type CorpusMetric,
  terMetric,
  werMetric,
} from "@rnnkit/metrics";
import type { MetricName } from "./score-options.ts";

/** The options of the metrics, as the command line has them. */
export interface MetricSettings {
  readonly tokenize: "13a" | "intl" | "zh" | "char" | "none";
  readonly lowercase: boolean;
  readonly smoothMethod: BleuSmoothing["method"];
  readonly smoothValue?: number;
  readonly maxNgramOrder: number;
  readonly chrfCharOrder: number;
  readonly chrfWordOrder: number;
  readonly chrfBeta: number;
  readonly chrfWhitespace: boolean;
  readonly chrfLowercase: boolean;
  readonly chrfEpsSmoothing: boolean;
  readonly terNormalized: boolean;
  readonly terNoPunct: boolean;
  readonly terAsianSupport: boolean;
  readonly terCaseSensitive: boolean;
  readonly sentenceLevel: boolean;
}

/** A metric with the options of the command line. */
export function scoringMetric(name: MetricName, settings: MetricSettings): CorpusMetric {
  switch (name) {
    case "bleu":
      return bleuMetric(bleuOptions(settings));
    case "chrf":
      return chrfMetric({
        charOrder: settings.chrfCharOrder,
        wordOrder: settings.chrfWordOrder,
        beta: settings.chrfBeta,
        whitespace: settings.chrfWhitespace,
        lowercase: settings.chrfLowercase,
        effectiveOrder: !settings.chrfEpsSmoothing,
      });
    case "ter":
      return terMetric({
        normalized: settings.terNormalized,
        punctuation: !settings.terNoPunct,
        asianSupport: settings.terAsianSupport,
        caseSensitive: settings.terCaseSensitive,
      });
    case "wer":
      return werMetric();
    case "cer":
      return cerMetric();
  }
}

/** A single sentence may be too short for the higher orders, which then must not count: as sacreBLEU. */
export function bleuOptions(settings: MetricSettings): BleuOptions {
  const {
    tokenize: tokenizer,
    lowercase,
    maxNgramOrder: maxOrder,
    smoothMethod: method,
    smoothValue: value,
  } = settings;
  const smoothing = (value === undefined ? { method } : { method, value }) as BleuSmoothing;
  return { tokenizer, lowercase, maxOrder, smoothing, effectiveOrder: settings.sentenceLevel };
}
