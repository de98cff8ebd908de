import { NUM_GATES, type RecurrentKind } from "@rnnkit/ops";
import {
  checkAttentionConfig,
  type AttentionConfig,
  type CompleteAttentionConfig,
} from "../attention/attention-config.ts";

const BRIDGES = ["copy", "sum", "linear"] as const;

/** All that decides the form of an encoder-decoder: plain JSON, the `model` of a bundle's `config.json`. */
export interface EncoderDecoderConfig {
  /** The numbers of tokens of the two vocabularies. */
  readonly sourceVocabSize: number;
  readonly targetVocabSize: number;
  /** The recurrent networks of both. */
  readonly kind: RecurrentKind;
  /** H, the width of their states; of a bidirectional encoder, in each direction. */
  readonly hiddenSize: number;
  /** L, the layers of each. Default 1. */
  readonly numLayers?: number;
  /** E, the width of both token embeddings. */
  readonly embeddingSize: number;
  /** What is dropped in training: between layers, at every step anew, and of the attention's weights. Default 0. */
  readonly dropout?: number;
  /** Whether the encoder reads in both directions. Default false. */
  readonly isBidirectional?: boolean;
  /**
   * How the decoder's first states come of the encoder's last ones, layer by layer: `copy`; `sum` of the two directions; or `linear`,
   * tanh(W·[forward; backward] + b). Default `linear` of a bidirectional encoder, else `copy`.
   */
  readonly bridge?: (typeof BRIDGES)[number];
  /** Whether the encoder reads each row's padding too, as d2l's does. Attention never sees it. Default false. */
  readonly readsPadding?: boolean;
  /** Without it, the encoder's last output goes, behind the embedding, into every step. */
  readonly attention?: AttentionConfig;
}

/** With its defaults filled in. */
export type CompleteEncoderDecoderConfig = Required<Omit<EncoderDecoderConfig, "attention">> & {
  readonly attention?: CompleteAttentionConfig;
};

/**
 * Throws a RangeError or TypeError that names `caller` unless `config`, which may come from a file, is one.
 *
 * @returns the config with its defaults, and nothing else in it.
 */
export function checkEncoderDecoderConfig(caller: string, config: EncoderDecoderConfig): CompleteEncoderDecoderConfig {
  const { kind, dropout = 0, numLayers = 1, isBidirectional = false, readsPadding = false } = config;
  const { sourceVocabSize, targetVocabSize, hiddenSize, embeddingSize } = config;
  const { bridge = isBidirectional ? "linear" : "copy" } = config;
  if (!Object.hasOwn(NUM_GATES, kind)) {
    throw new RangeError(`${caller}: kind must be one of ${Object.keys(NUM_GATES).join(", ")}, got ${kind}`);
  }
  const sizes = { sourceVocabSize, targetVocabSize, hiddenSize, numLayers, embeddingSize };
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new RangeError(`${caller}: ${name} must be a positive integer, got ${size}`);
    }
  }
  for (const [name, value] of Object.entries({ isBidirectional, readsPadding })) {
    if (typeof value !== "boolean") throw new TypeError(`${caller}: ${name} must be a boolean, got ${String(value)}`);
  }
  const bridges = isBidirectional ? ["sum", "linear"] : ["copy", "linear"];
  if (!bridges.includes(bridge)) {
    const encoder = isBidirectional ? "a bidirectional encoder" : "an encoder of one direction";
    throw new RangeError(`${caller}: bridge must be ${bridges.join(" or ")} of ${encoder}, got ${bridge}`);
  }
  const attention = config.attention === undefined ? undefined : checkAttentionConfig(caller, config.attention);
  if (isBidirectional && (attention?.score === "dot" || attention?.score === "scaled-dot")) {
    throw new RangeError(
      `${caller}: attention.score must be additive or general where the encoder is bidirectional and its outputs twice as wide as a query, got ${attention.score}`,
    );
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new RangeError(`${caller}: dropout must be at least 0 and below 1, got ${dropout}`);
  }
  if (dropout > 0 && numLayers === 1 && !attention) {
    throw new RangeError(`${caller}: dropout must be 0 of one layer without attention, got ${dropout}`);
  }
  const form = { dropout, isBidirectional, bridge, readsPadding, ...(attention && { attention }) };
  return { ...sizes, kind, ...form };
}

/** D, the width of the encoder's outputs. */
export function encodedSize({ isBidirectional, hiddenSize }: CompleteEncoderDecoderConfig): number {
  return isBidirectional ? 2 * hiddenSize : hiddenSize;
}

/** The width of what a step of the decoder reads. */
export function decoderInputSize(config: CompleteEncoderDecoderConfig): number {
  const { embeddingSize, hiddenSize, attention } = config;
  if (!attention || attention.place === "before") return embeddingSize + encodedSize(config);
  return attention.hasInputFeeding ? embeddingSize + hiddenSize : embeddingSize;
}
