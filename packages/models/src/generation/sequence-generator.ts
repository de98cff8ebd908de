import type { Cell, Parameters, SequenceInputs } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import type { TaggingBatch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import { checkCount } from "../check-batch.ts";
import { checkIds } from "../check-ids.ts";
import { linearCrossEntropyLoss, type MeanLoss } from "../losses/cross-entropy-loss.ts";
import { dropLocked } from "../modules/drop-locked.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { Modules } from "../modules/modules.ts";
import { readSequences, recurrentStack, type LayerStates } from "../modules/recurrent-network.ts";
import { tokenEmbedding, type TokenEmbedding } from "../modules/token-embedding.ts";
import type { TrainingStep } from "../training-step.ts";
import {
  checkGeneratorConfig,
  generatorInputSize,
  stateSizes,
  type CompleteGeneratorConfig,
  type SequenceGeneratorConfig,
} from "./sequence-generator-config.ts";

/** What a sequence generator learns from: sequences, and for each the vector that it is to come from. */
export type SequenceGeneratorBatch = Pick<TaggingBatch, "inputs" | "targets" | "shape" | "lengths"> & {
  /** [B, C], row by row. */
  readonly vectors: Float32Array;
};

interface ReadingOptions {
  readonly vectors: tf.Tensor2D;
  readonly state?: LayerStates;
  readonly lengths?: ArrayLike<number> | undefined;
  readonly training?: TrainingStep | undefined;
}

/**
 * One to many: a sequence from one vector, which sets the state before the first step, is read beside each token, or both.
 *
 * The state begins as tanh(W·v + b), all layers together, for each its hidden state and in an LSTM then its cell state.
 * Parameters carry the names of modules `embedding` (nn.Embedding), `initial` (nn.Linear), `rnn` and `output` in PyTorch.
 */
export class SequenceGenerator {
  readonly type = "sequence-generator";
  /** With its defaults filled in. */
  readonly config: CompleteGeneratorConfig;
  readonly #embedding: TokenEmbedding;
  readonly #initial: Linear | undefined;
  readonly #rnn: Cell<LayerStates>;
  readonly #output: Linear;
  readonly #modules: Modules;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a field of the config is missing, unknown or out of range.
   */
  constructor(config: SequenceGeneratorConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkGeneratorConfig("SequenceGenerator", config);
    const { vocabSize, vectorSize, embeddingSize, initialization, conditioning, numLayers } = this.config;
    this.#embedding = tokenEmbedding(generator, { vocabSize, embeddingSize, initialization });
    const stateSize = stateSizes(this.config).reduce((sum, size) => sum + size);
    this.#initial =
      conditioning === "each-step"
        ? undefined
        : linear(generator, { inputSize: vectorSize, outputSize: numLayers * stateSize, initialization });
    this.#rnn = recurrentStack(this.config, { inputSize: generatorInputSize(this.config), generator });
    this.#output = linear(generator, { inputSize: this.#rnn.outputSize, outputSize: vocabSize, initialization });
    const parts = { embedding: this.#embedding, initial: this.#initial, rnn: this.#rnn, output: this.#output };
    this.#modules = new Modules("SequenceGenerator", parts);
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    return this.#modules.parameters;
  }

  /**
   * The state before the first token.
   *
   * @param vectors [B, C]; borrowed.
   * @returns what the caller owns.
   */
  initialState(vectors: tf.Tensor2D): LayerStates {
    this.#modules.checkAlive();
    const initial = this.#initial;
    if (!initial) return this.#rnn.zeroState(vectors.shape[0]);
    const sizes = stateSizes(this.config);
    return tf.tidy(() => {
      const all = tf.tanh(initial.apply(vectors));
      const blocks = Array.from({ length: this.config.numLayers }, () => sizes).flat();
      // tf.split into one part has no gradient in TensorFlow.js 4.22.
      const parts = blocks.length === 1 ? [all] : tf.split<tf.Tensor2D>(all, blocks, 1);
      return Array.from({ length: this.config.numLayers }, (_, layer) => {
        const [hidden, cell] = parts.slice(layer * sizes.length, (layer + 1) * sizes.length);
        return { hidden: hidden!, ...(cell && { cell }) };
      });
    }) as LayerStates;
  }

  /**
   * Reads T tokens in each of B rows.
   *
   * @param ids [B, T], int32 (not read back to be checked); borrowed, as vectors [B, C] and the state.
   * @param options lengths: the valid length of each row; training: while the model is trained.
   * @returns logits [B·T, V] of the token after each, row by row, and the state after the last; the caller owns them.
   */
  logits(ids: tf.Tensor2D, options: ReadingOptions): { logits: tf.Tensor2D; state: LayerStates } {
    return tf.tidy(() => {
      const { features, state } = this.#read(ids, options);
      return { logits: this.#output.apply(features), state: state as unknown as tf.TensorContainerArray };
    }) as unknown as { logits: tf.Tensor2D; state: LayerStates };
  }

  /**
   * The mean cross-entropy of a batch, a loss for `train` once it is told the vectors:
   * `(batch, state, training) => model.loss({ ...batch, vectors }, state, training)`. Call it inside a tidy or a gradient.
   *
   * @param batch plain arrays, borrowed; targets may be `IGNORED_TARGET`.
   * @param _state none is carried from batch to batch.
   * @returns the mean loss in nats and the number of tokens; the caller owns them.
   * @throws RangeError when an id is not in the vocabulary, no target counts, or a row is empty.
   */
  readonly loss = (
    { inputs, targets, shape, lengths, vectors }: SequenceGeneratorBatch,
    _state?: unknown,
    training?: TrainingStep,
  ): MeanLoss & { readonly state: Record<string, never> } => {
    const caller = "SequenceGenerator.loss";
    const { vocabSize, vectorSize, labelSmoothing = 0 } = this.config;
    checkCount(`${caller}: inputs`, inputs, shape);
    checkIds(`${caller}: inputs`, inputs, vocabSize);
    checkCount(`${caller}: vectors`, vectors, [shape[0], vectorSize]);
    const loss = tf.tidy(() => {
      const ids = tf.tensor2d(inputs, [...shape], "int32");
      const options = { vectors: tf.tensor2d(vectors, [shape[0], vectorSize]), lengths, training };
      const batch = { targets, shape, lengths, labelSmoothing: training ? labelSmoothing : 0 };
      const read = { features: this.#read(ids, options).features, output: this.#output };
      return linearCrossEntropyLoss(caller, read, batch) as unknown as tf.TensorContainer;
    }) as unknown as MeanLoss;
    return { ...loss, state: {} };
  };

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#modules.dispose();
  }

  /** What `logits` makes its logits of, [B·T, H]. */
  #read(
    ids: tf.Tensor2D,
    { vectors, state: initialState = this.initialState(vectors), lengths, training }: ReadingOptions,
  ): { features: tf.Tensor3D; state: LayerStates } {
    this.#modules.checkAlive();
    const inputs = this.#inputs(ids, vectors);
    const { outputs, state } = readSequences(this.#rnn, inputs, { initialState, lengths, training });
    const kept = dropLocked(outputs, { rate: this.config.outputDropout, training });
    return { features: kept, state };
  }

  /** The tokens as the layers read them, with the vector beside each where it enters at each step. */
  #inputs(ids: tf.Tensor2D, vectors: tf.Tensor2D): SequenceInputs {
    if (this.config.conditioning === "initial-state") return this.#embedding.read(ids);
    const [batchSize, numSteps] = ids.shape;
    const beside: tf.Tensor3D = tf.tile(tf.reshape(vectors, [batchSize, 1, -1]), [1, numSteps, 1]);
    return tf.concat([this.#embedding.rows(ids), beside], 2);
  }
}
