import type { ActiveBackend } from "@rnnkit/backends";
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
