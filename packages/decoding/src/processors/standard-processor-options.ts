import type { ExponentialLengthDecayOptions } from "./penalties/exponential-length-decay.ts";
import type { LogitsProcessor } from "./logits-processor.ts";
import type { PrefixAllowedTokens } from "./restrictions/prefix-allowed-tokens.ts";
import type { SequenceBias } from "./penalties/sequence-bias.ts";
import type { WarperOptions } from "./warpers/warper-options.ts";

/**
 * What {@link standardProcessors} makes a list of; what is left out is not in it. Each is the argument of the processor or
 * warper of that name, and stands here in the order in which they are applied.
 */
export interface StandardProcessorOptions extends Pick<WarperOptions, "minTokensToKeep"> {
  readonly sequenceBias?: readonly SequenceBias[];
  readonly hammingDiversity?: number;
  /** The ids of what is translated, summarised or answered: what the two `encoder` options are about. */
  readonly source?: ArrayLike<number>;
  readonly encoderRepetitionPenalty?: number;
  readonly repetitionPenalty?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly ngramBlocking?: number;
  readonly encoderNgramBlocking?: number;
  readonly badWords?: readonly ArrayLike<number>[];
  readonly minTotalLength?: number;
  readonly minNewTokens?: number;
  readonly prefixAllowedTokens?: PrefixAllowedTokens;
  readonly forcedBegin?: number;
  readonly forcedEnd?: boolean;
  readonly finiteScores?: boolean;
  readonly exponentialLengthDecay?: ExponentialLengthDecayOptions;
  readonly suppressedTokens?: ArrayLike<number>;
  /** At the first token, or at the second where the first is forced. */
  readonly suppressedAtBegin?: ArrayLike<number>;
  /** Processors of your own. */
  readonly custom?: readonly LogitsProcessor[];
  readonly temperature?: number;
  readonly topH?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly typical?: number;
  readonly epsilon?: number;
  readonly eta?: number;
  readonly logNormalization?: boolean;
}
