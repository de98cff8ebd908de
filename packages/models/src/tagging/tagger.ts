import type { Cell, Parameters, SequenceInputs, SequenceNetwork } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import type { TaggingBatch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import { checkCount } from "../check-batch.ts";
import { checkIds } from "../check-ids.ts";
import { linearCrossEntropyLoss, type MeanLoss } from "../losses/cross-entropy-loss.ts";
import { dropLocked } from "../modules/drop-locked.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { Modules } from "../modules/modules.ts";
import { readSequences, sequenceNetwork } from "../modules/recurrent-network.ts";
import { tokenEmbedding, type TokenEmbedding } from "../modules/token-embedding.ts";
import type { TrainingStep } from "../training-step.ts";
import { checkTaggerConfig, taggerInputSize, type CompleteTaggerConfig, type TaggerConfig } from "./tagger-config.ts";

/** The ids of each feature by name, [B, T] each, row by row. */
export type FeatureIds = Readonly<Record<string, Int32Array>>;

/** What a tagger reads and is to say. */
export type TaggerBatch = Pick<TaggingBatch, "inputs" | "targets" | "shape"> & {
  /** [B] the valid length of each row. Default T for all. */
  readonly lengths?: ArrayLike<number>;
  /** Those that the config names. */
  readonly features?: FeatureIds;
};

interface TaggerInputs {
  readonly lengths?: ArrayLike<number> | undefined;
  readonly features?: FeatureIds | undefined;
  readonly training?: TrainingStep | undefined;
}

/**
 * Many to many: token and its features → embeddings → recurrent layers in both directions → linear → logits of the tag of
 * each token.
 *
 * In both directions it sees what comes after a token. Fed the next token as the tag, it therefore learns to copy, and its
 * perplexity says nothing: as a language model it writes nonsense.
 *
 * Parameters carry the names of modules `embedding` (nn.Embedding), `features.<name>`, `rnn` and `output` in PyTorch.
 */
export class Tagger {
  readonly type = "tagger";
  /** With its defaults filled in. */
  readonly config: CompleteTaggerConfig;
  readonly #embedding: TokenEmbedding;
  readonly #features: readonly (readonly [name: string, embedding: TokenEmbedding])[];
  readonly #rnn: SequenceNetwork | Cell;
  readonly #output: Linear;
  readonly #modules: Modules;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a field of the config is missing, unknown or out of range.
   */
  constructor(config: TaggerConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkTaggerConfig("Tagger", config);
    const { vocabSize, numTags, embeddingSize, embeddingDropout, initialization, isBidirectional } = this.config;
    const shared = { vocabSize, embeddingSize, initialization };
    this.#embedding = tokenEmbedding(generator, { ...shared, dropout: embeddingDropout });
    this.#features = Object.entries(this.config.features).map(([name, sizes]) => [
      name,
      tokenEmbedding(generator, { ...sizes, initialization }),
    ]);
    const inputSize = taggerInputSize(this.config);
    this.#rnn = sequenceNetwork(this.config, { inputSize, isBidirectional, generator });
    this.#output = linear(generator, { inputSize: this.#rnn.outputSize, outputSize: numTags, initialization });
    const features = Object.fromEntries(this.#features.map(([name, part]) => [`features.${name}`, part]));
    const parts = { embedding: this.#embedding, ...features, rnn: this.#rnn, output: this.#output };
    this.#modules = new Modules("Tagger", parts);
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    return this.#modules.parameters;
  }

  /**
   * Tags sequences.
   *
   * @param ids [B, T], int32 (not read back to be checked), padded with any id; borrowed.
   * @param options lengths: the valid length of each row, default T; features: plain arrays, those that the config names;
   *   training: while the model is trained.
   * @returns logits [B·T, K], row by row, which the caller owns; beyond a length they mean nothing.
   * @throws RangeError when a feature is missing or not in its vocabulary.
   */
  logits(ids: tf.Tensor2D, inputs: TaggerInputs = {}): tf.Tensor2D {
    return tf.tidy(() => this.#output.apply(this.#read(ids, inputs)));
  }

  /**
   * The mean cross-entropy of a batch: the loss that `train` of `@rnnkit/training` wants. Call it inside a tidy or a gradient.
   *
   * @param batch plain arrays, as `taggingBatches` makes them; targets may be `IGNORED_TARGET`. Borrowed.
   * @param _state none is carried from batch to batch.
   * @param training while the model is trained: what drops and smooths then.
   * @returns the mean loss in nats and the number of tags; the caller owns them.
   * @throws RangeError when an id is not in its vocabulary, no target counts, or a row is empty.
   */
  readonly loss = (
    { inputs, targets, shape, lengths, features }: TaggerBatch,
    _state?: unknown,
    training?: TrainingStep,
  ): MeanLoss & { readonly state: Record<string, never> } => {
    const { vocabSize, labelSmoothing = 0 } = this.config;
    checkCount("Tagger.loss: inputs", inputs, shape);
    checkIds("Tagger.loss: inputs", inputs, vocabSize);
    const loss = tf.tidy(() => {
      const ids = tf.tensor2d(inputs, [shape[0], shape[1]], "int32");
      const read = { features: this.#read(ids, { lengths, features, training }), output: this.#output };
      const batch = { targets, shape, lengths, labelSmoothing: training ? labelSmoothing : 0 };
      return linearCrossEntropyLoss("Tagger.loss", read, batch) as unknown as tf.TensorContainer;
    }) as unknown as MeanLoss;
    return { ...loss, state: {} };
  };

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#modules.dispose();
  }

  /** What `logits` makes its logits of, [B, T, H]. */
  #read(ids: tf.Tensor2D, { lengths, features, training }: TaggerInputs): tf.Tensor3D {
    this.#modules.checkAlive();
    const { outputs } = readSequences(this.#rnn, this.#inputs(ids, { features, training }), { lengths, training });
    return dropLocked(outputs, { rate: this.config.outputDropout, training });
  }

  #inputs(ids: tf.Tensor2D, { features = {}, training }: TaggerInputs): SequenceInputs {
    const others = this.#features.map(([name, embedding]) => {
      const argument = `Tagger: features.${name}`;
      const values = features[name];
      if (!values) throw new RangeError(`${argument} must be given, as the config says, got none`);
      checkCount(argument, values, ids.shape);
      checkIds(argument, values, this.config.features[name]!.vocabSize);
      return embedding.rows(tf.tensor2d(values, ids.shape, "int32"));
    });
    if (others.length === 0) return this.#embedding.read(ids, training);
    return tf.concat([this.#embedding.rows(ids, training), ...others], 2);
  }
}
