import type { ActiveBackend } from "@rnnkit/backends";
import type { BleuScore } from "@rnnkit/metrics";
import type { LanguageModelConfig } from "@rnnkit/models";
import type { TrainingReport } from "@rnnkit/training";

/** What a command has to say: with `--json` a line each, otherwise put into words. */
export type Event =
  | {
      readonly event: "start";
      readonly source: string;
      readonly backend: ActiveBackend;
      readonly tokenizer: string;
      readonly numTokens: { readonly train: number; readonly validation: number };
      readonly model: LanguageModelConfig;
      readonly numParameters: number;
      readonly seed: number;
    }
  | ({ readonly event: "report" } & TrainingReport)
  | { readonly event: "interrupted"; readonly step: number }
  | {
      readonly event: "validation";
      readonly perplexity: number;
      readonly bitsPerToken: number;
      readonly unigramPerplexity: number;
      readonly uniformPerplexity: number;
    }
  | {
      readonly event: "continuation";
      readonly method: string;
      readonly prompt: string;
      readonly text: string;
      readonly logProbability: number;
    }
  | { readonly event: "saved"; readonly folder: string; readonly elapsedMs: number }
  | {
      readonly event: "evaluation";
      readonly perplexity: number;
      readonly bitsPerToken: number;
      readonly count: number;
      readonly numUnknown: number;
      readonly uniformPerplexity: number;
      readonly backend: ActiveBackend;
    };

export type Emit = (event: Event) => void;

/** What `rnnkit score` finds of a system, or of one of its segments. */
export type ScoreEvent =
  | {
      readonly event: "score";
      readonly system: string;
      readonly metric: string;
      readonly signature: string;
      readonly isHigherBetter: boolean;
      readonly numSegments: number;
      readonly score: number;
      /** Of the scores of samples; 95 % of them lie within `halfWidth`. */
      readonly mean?: number;
      readonly halfWidth?: number;
      /** Of the difference from the first system. */
      readonly pValue?: number;
      readonly resampling?: Resampling;
      /** The parts of BLEU. */
      readonly parts?: BleuScore;
    }
  | { readonly event: "segment"; readonly line: number; readonly metric: string; readonly score: number };

/** How intervals and p-values were found. */
export interface Resampling {
  readonly test: "confidence interval" | "paired bootstrap" | "approximate randomization";
  /** Of the interval, and of the paired bootstrap. */
  readonly numSamples: number;
  /** Of approximate randomization. */
  readonly numTrials?: number;
  readonly seed: number;
}
