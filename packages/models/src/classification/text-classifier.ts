import type { Cell, Parameters, SequenceNetwork } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import type { ClassificationBatch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import { checkCount, checkLengths } from "../check-batch.ts";
import { checkIds } from "../check-ids.ts";
import { recurrentOutputSize } from "../config/recurrent-config.ts";
import { linearCrossEntropyLoss, type MeanLoss } from "../losses/cross-entropy-loss.ts";
import { dropLocked } from "../modules/drop-locked.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { Modules } from "../modules/modules.ts";
import { readSequences, sequenceNetwork } from "../modules/recurrent-network.ts";
import { tokenEmbedding, type TokenEmbedding } from "../modules/token-embedding.ts";
import type { TrainingStep } from "../training-step.ts";
import { attentionScorer, type AttentionScorer } from "./attention-scorer.ts";
import { poolSteps } from "./pool-steps.ts";
import {
  checkClassifierConfig,
  type CompleteClassifierConfig,
  type TextClassifierConfig,
} from "./text-classifier-config.ts";

/** What a text classifier reads and is to say. */
export type TextClassifierBatch = Pick<ClassificationBatch, "inputs" | "targets" | "shape" | "lengths">;

interface ReadingOptions {
  readonly lengths: ArrayLike<number>;
  readonly training?: TrainingStep | undefined;
}

/**
 * Many to one: token → embedding (or one-hot row) → recurrent layers → one vector a row → linear → logits of the classes.
 *
 * Parameters carry the names of modules `embedding` (nn.Embedding), `rnn` and `output` (nn.Linear) in PyTorch; attention has
 * `attention.hidden` (nn.Linear) and `attention.score` (nn.Linear without a bias).
 */
export class TextClassifier {
  readonly type = "text-classifier";
  /** With its defaults filled in. */
  readonly config: CompleteClassifierConfig;
  readonly #embedding: TokenEmbedding;
  readonly #rnn: SequenceNetwork | Cell;
  readonly #scorer: AttentionScorer | undefined;
  readonly #output: Linear;
  readonly #modules: Modules;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a field of the config is missing, unknown or out of range.
   */
  constructor(config: TextClassifierConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkClassifierConfig("TextClassifier", config);
    const { vocabSize, numClasses, embeddingSize, embeddingDropout, initialization, isBidirectional } = this.config;
    const { pooling, hiddenSize, attentionSize = hiddenSize } = this.config;
    const shared = { vocabSize, embeddingSize, initialization };
    this.#embedding = tokenEmbedding(generator, { ...shared, dropout: embeddingDropout });
    this.#rnn = sequenceNetwork(this.config, { inputSize: this.#embedding.size, isBidirectional, generator });
    const inputSize = this.#rnn.outputSize;
    if (pooling === "attention") {
      this.#scorer = attentionScorer(generator, { inputSize, attentionSize, initialization });
    }
    this.#output = linear(generator, { inputSize, outputSize: numClasses, initialization });
    const parts = { embedding: this.#embedding, rnn: this.#rnn, attention: this.#scorer, output: this.#output };
    this.#modules = new Modules("TextClassifier", parts);
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    return this.#modules.parameters;
  }

  /**
   * Classifies sequences.
   *
   * @param ids [B, T], int32 (not read back to be checked), padded with any id; borrowed.
   * @param options lengths: the valid length of each row, 1 to T; training: while the model is trained.
   * @returns logits [B, K], which the caller owns.
   * @throws RangeError when a row is empty.
   */
  logits(ids: tf.Tensor2D, options: ReadingOptions): tf.Tensor2D {
    return tf.tidy(() => this.#output.apply(this.#read(ids, options)));
  }

  /**
   * The mean cross-entropy of a batch: the loss that `train` of `@rnnkit/training` wants. Call it inside a tidy or a gradient.
   *
   * @param batch plain arrays, as `classificationBatches` makes them; borrowed.
   * @param _state none is carried from batch to batch.
   * @param training while the model is trained: what drops and smooths then.
   * @returns the mean loss in nats and the number of rows; the caller owns them.
   * @throws RangeError when an id is not in the vocabulary, a target is no class, or a row is empty.
   */
  readonly loss = (
    { inputs, targets, shape, lengths }: TextClassifierBatch,
    _state?: unknown,
    training?: TrainingStep,
  ): MeanLoss & { readonly state: Record<string, never> } => {
    const caller = "TextClassifier.loss";
    const { vocabSize, labelSmoothing = 0 } = this.config;
    checkCount(`${caller}: inputs`, inputs, shape);
    checkIds(`${caller}: inputs`, inputs, vocabSize);
    const loss = tf.tidy(() => {
      const features = this.#read(tf.tensor2d(inputs, [...shape], "int32"), { lengths, training });
      const smoothing = { labelSmoothing: training ? labelSmoothing : 0 };
      const batch = { targets, shape: [shape[0], 1] as const, ...smoothing };
      return linearCrossEntropyLoss(caller, { features, output: this.#output }, batch) as unknown as tf.TensorContainer;
    }) as unknown as MeanLoss;
    return { ...loss, state: {} };
  };

  /** What `logits` makes its logits of, [B, H]. */
  #read(ids: tf.Tensor2D, { lengths, training }: ReadingOptions): tf.Tensor2D {
    this.#modules.checkAlive();
    checkLengths("TextClassifier: lengths", lengths, { shape: ids.shape });
    const { pooling, outputDropout } = this.config;
    const { outputs } = readSequences(this.#rnn, this.#embedding.read(ids, training), { lengths, training });
    const forwardSize = recurrentOutputSize(this.config);
    const pooled = poolSteps(outputs, { pooling, lengths, forwardSize, scorer: this.#scorer });
    const kept = dropLocked(tf.expandDims(pooled, 1), { rate: outputDropout, training });
    return tf.squeeze(kept, [1]);
  }

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#modules.dispose();
  }
}
