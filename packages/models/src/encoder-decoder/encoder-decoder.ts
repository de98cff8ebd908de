import { glorotUniformVariable, type Parameters } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import type { Seq2SeqBatch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import { prefixed } from "../prefixed.ts";
import { checkSources, checkTargets } from "./check-pairs.ts";
import {
  makeDecoder,
  type Decoded,
  type Decoder,
  type DecoderNoise,
  type DecoderReading,
  type NoiseSizes,
} from "./decoder.ts";
import { makeEncoder, type Encoder } from "./encoder.ts";
import {
  checkEncoderDecoderConfig,
  type CompleteEncoderDecoderConfig,
  type EncoderDecoderConfig,
} from "./encoder-decoder-config.ts";
import { encoderDecoderLoss } from "./encoder-decoder-loss.ts";

/** What an encoder reads. */
export type SourceBatch = Pick<Seq2SeqBatch, "sources" | "sourceShape" | "sourceLengths">;

/** That, and what a decoder reads and is to say. */
export type EncoderDecoderBatch = SourceBatch & Pick<Seq2SeqBatch, "inputs" | "targets" | "shape" | "lengths">;

/** Sources as a decoder sees them, and the state before its first step: the rest of a reading is the caller's. */
export type Encoding = Pick<DecoderReading, "state" | "memory" | "sourceLengths">;

export interface EncoderDecoderOptions {
  /** Draws the initial parameters. */
  readonly generator: Generator;
  /**
   * `pytorch`, as its modules draw them; or `xavier`, as d2l draws them then anew: every matrix but the embeddings from U(−b, b), b =
   * √(6/(rows + columns)), all gates of a layer being one matrix. Default `pytorch`.
   */
  readonly initialization?: "pytorch" | "xavier";
}

/**
 * A recurrent encoder and decoder: reads a source, then writes a target token by token, with or without attention to the source.
 *
 * Parameters carry the names of a PyTorch module with `encoder` (`embedding`, `rnn`, `bridge`) and `decoder` (`embedding`, `rnn`,
 * `attention`, `combination`, `output`), in its layouts.
 *
 * @see Sutskever, Vinyals and Le (2014); Cho et al. (2014); Bahdanau, Cho and Bengio (2015); Luong, Pham and Manning (2015).
 */
export class EncoderDecoder {
  readonly type = "encoder-decoder";
  /** With its defaults filled in. */
  readonly config: CompleteEncoderDecoderConfig;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  #isDisposed = false;

  /** @throws RangeError or TypeError when the config is none. */
  constructor(config: EncoderDecoderConfig, { generator, initialization = "pytorch" }: EncoderDecoderOptions) {
    this.config = checkEncoderDecoderConfig("EncoderDecoder", config);
    if (initialization !== "pytorch" && initialization !== "xavier") {
      throw new RangeError(`EncoderDecoder: initialization must be pytorch or xavier, got ${String(initialization)}`);
    }
    this.#encoder = makeEncoder(this.config, generator);
    this.#decoder = makeDecoder(this.config, generator);
    if (initialization === "xavier") drawAnew(this.parameters, generator);
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    this.#checkAlive();
    return { ...prefixed("encoder", this.#encoder.parameters), ...prefixed("decoder", this.#decoder.parameters) };
  }

  /**
   * Reads sources.
   *
   * @param batch ids and lengths as plain arrays; borrowed.
   * @param generator draws what dropout drops in training. Default: evaluation, without dropout.
   * @returns what `decode` begins with; the caller owns its tensors.
   * @throws RangeError when an id is not in the vocabulary, or a length is not from 1 to S.
   */
  encode(batch: SourceBatch, generator?: Generator): Encoding {
    this.#checkAlive();
    checkSources("EncoderDecoder.encode", batch, this.config);
    const { sources, sourceShape, sourceLengths } = batch;
    const started = tf.tidy(() => {
      const encoded = this.#encoder.encode(tf.tensor2d(sources, [...sourceShape], "int32"), sourceLengths, generator);
      return this.#decoder.start(encoded) as unknown as tf.TensorContainerObject;
    }) as unknown as Pick<Encoding, "state" | "memory">;
    return { ...started, sourceLengths };
  }

  /** Draws what dropout drops of T steps of the decoder; empty without dropout. The caller owns it. */
  drawNoise(generator: Generator, sizes: NoiseSizes): DecoderNoise {
    return this.#decoder.drawNoise(generator, sizes);
  }

  /**
   * Reads T target tokens in each of B rows.
   *
   * @param ids [B, T], int32, each from 0 to V − 1 (not read back to be checked); borrowed.
   * @param reading an encoding, or its state after earlier tokens; borrowed. With noise, as in training.
   * @returns logits [B·T, V] of the token after each, row by row, the state after the last, and of a model with attention the
   *   weights [B, T, S] that each logit was made with; the caller owns them.
   */
  decode(ids: tf.Tensor2D, reading: DecoderReading): Decoded {
    this.#checkAlive();
    return this.#decoder.read(ids, reading);
  }

  /**
   * Reads pairs, each target under the eyes of its source: what a trained model thinks of a translation, its own included.
   *
   * @param batch plain arrays, of which the targets are not read; borrowed.
   * @returns logits [B·T, V] of the token after each input, and with attention its weights [B, T, S]; the caller owns them.
   * @throws RangeError when an id is not in its vocabulary, or a length is out of range.
   */
  score(batch: SourceBatch & Pick<EncoderDecoderBatch, "inputs" | "shape">): Pick<Decoded, "logits" | "attention"> {
    checkTargets("EncoderDecoder.score", { ...batch, targets: batch.inputs }, this.config);
    return tf.tidy(() => {
      const ids = tf.tensor2d(batch.inputs, [...batch.shape], "int32");
      const { logits, attention } = this.decode(ids, this.encode(batch));
      return { logits, ...(attention && { attention }) };
    });
  }

  /** `encoderDecoderLoss(model)`: teacher forcing, and the mean over tokens as the objective. */
  readonly loss = encoderDecoderLoss(this);

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    if (this.#isDisposed) return;
    tf.dispose(this.parameters as Record<string, tf.Variable>);
    this.#isDisposed = true;
  }

  #checkAlive(): void {
    if (this.#isDisposed) throw new Error("EncoderDecoder: already disposed");
  }
}

function drawAnew(parameters: Parameters, generator: Generator): void {
  for (const [name, variable] of Object.entries(parameters)) {
    if (variable.rank !== 2 || name.includes("embedding")) continue;
    const drawn = glorotUniformVariable(generator, { shape: variable.shape as [number, number] });
    variable.assign(drawn);
    drawn.dispose();
  }
}
