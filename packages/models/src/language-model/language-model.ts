import type { Cell, Parameters } from "@rnnkit/cells";
import { decodingState, oneHot, type DecodingState, type RecurrentState } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import type { Batch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import { checkCount } from "../check-batch.ts";
import { checkIds } from "../check-ids.ts";
import { linearCrossEntropyLoss, type MeanLoss } from "../losses/cross-entropy-loss.ts";
import { layerWeights } from "../modules/layer-weights.ts";
import { dropLocked } from "../modules/drop-locked.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { Modules } from "../modules/modules.ts";
import { readSequences, recurrentStack, type LayerStates } from "../modules/recurrent-network.ts";
import { tokenEmbedding, type TokenEmbedding } from "../modules/token-embedding.ts";
import type { TrainingStep } from "../training-step.ts";
import { isFusable } from "./is-fusable.ts";
import { checkLanguageModelConfig, type LanguageModelConfig } from "./language-model-config.ts";

/** The state of each recurrent layer, bottom first. */
export type LanguageModelState = LayerStates;

/** What a language model reads and is to say: a batch of a stream, or of sequences of different lengths. */
export type LanguageModelBatch = Pick<Batch, "inputs" | "targets" | "shape"> & {
  /** [B] the valid length of each row. Default T for all. */
  readonly lengths?: ArrayLike<number>;
};

interface ReadingOptions {
  readonly lengths?: ArrayLike<number>;
  readonly training?: TrainingStep;
}

/**
 * A recurrent language model: token → embedding (or one-hot row) → recurrent layers → linear → logits of the next token.
 *
 * Parameters carry the names that the same model has in PyTorch, with modules called `embedding` (nn.Embedding), `rnn`
 * (nn.RNN, nn.GRU or nn.LSTM) and `output` (nn.Linear; of a tied one its bias alone), in their layouts.
 */
export class LanguageModel {
  readonly type = "language-model";
  /** With its defaults filled in. */
  readonly config: LanguageModelConfig & { readonly numLayers: number };
  readonly #embedding: TokenEmbedding;
  readonly #rnn: Cell<LanguageModelState>;
  readonly #output: Linear;
  readonly #modules: Modules;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a field of the config is missing, unknown or out of range.
   */
  constructor(config: LanguageModelConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkLanguageModelConfig("LanguageModel", config);
    const { vocabSize, embeddingSize, embeddingDropout, initialization, isTied } = this.config;
    const shared = { vocabSize, embeddingSize, initialization };
    this.#embedding = tokenEmbedding(generator, { ...shared, dropout: embeddingDropout });
    this.#rnn = recurrentStack(this.config, { inputSize: this.#embedding.size, generator });
    this.#output = linear(generator, {
      inputSize: this.#rnn.outputSize,
      outputSize: vocabSize,
      initialization,
      tied: isTied ? this.#embedding.table : undefined,
    });
    const parts = { embedding: this.#embedding, rnn: this.#rnn, output: this.#output };
    this.#modules = new Modules("LanguageModel", parts);
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    return this.#modules.parameters;
  }

  /** The state before any text: zeros, owned by the caller. */
  zeroState(batchSize: number): LanguageModelState {
    return this.#rnn.zeroState(batchSize);
  }

  /**
   * Reads T tokens in each of B rows.
   *
   * @param ids [B, T], int32, each from 0 to V − 1 (not read back to be checked); borrowed, as the state.
   * @param options lengths: the valid length of each row; training: while the model is trained.
   * @returns logits [B·T, V] of the token after each, row by row, and the state after the last; the caller owns them.
   */
  logits(
    ids: tf.Tensor2D,
    state: LanguageModelState,
    options: ReadingOptions = {},
  ): { logits: tf.Tensor2D; state: LanguageModelState } {
    return tf.tidy(() => {
      const { features, state: next } = this.#read(ids, state, options);
      return { logits: this.#output.apply(features), state: next as unknown as tf.TensorContainerArray };
    }) as unknown as { logits: tf.Tensor2D; state: LanguageModelState };
  }

  /**
   * Reads one token in each of B rows, without a gradient: what `logits` gives for one step.
   *
   * @param tokens [B], int32; borrowed, as the state.
   * @returns logits [B, V] of the token after it, and the state; the caller owns them.
   */
  step(tokens: tf.Tensor1D, state: LanguageModelState): { logits: tf.Tensor2D; state: LanguageModelState } {
    this.#modules.checkAlive();
    return tf.tidy(() => {
      const { table } = this.#embedding;
      const rows = table ? tf.gather(table, tokens) : (oneHot(tokens, this.config.vocabSize) as tf.Tensor2D);
      const { output, state: next } = this.#rnn.step(rows, state);
      return { logits: this.#output.apply(output), state: next as unknown as tf.TensorContainerArray };
    }) as unknown as { logits: tf.Tensor2D; state: LanguageModelState };
  }

  /**
   * Rows that have read nothing, to be stepped token by token without a gradient: what `step` gives, as fast as the backend can.
   *
   * @param batchSize B
   * @returns a state that the caller disposes, which steps with the parameters as they are then, until the model is disposed;
   *   `undefined` where the layers are not those of `decodingState` of `@rnnkit/ops`: with peepholes, say.
   * @throws RangeError unless batchSize is a positive integer.
   */
  decodingState(batchSize: number): DecodingState | undefined {
    this.#modules.checkAlive();
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`LanguageModel.decodingState: batchSize must be a positive integer, got ${batchSize}`);
    }
    if (!isFusable(this.config)) return undefined;
    const { kind, numLayers } = this.config;
    const state = this.zeroState(batchSize) as unknown as RecurrentState<typeof kind>[];
    try {
      const layers = layerWeights(this.#rnn.parameters, numLayers);
      return decodingState(kind, { state, layers, embedding: this.#embedding.table, output: this.#output });
    } finally {
      tf.dispose(state);
    }
  }

  /**
   * The mean cross-entropy of a batch: the loss that `train` of `@rnnkit/training` wants, to which it can be handed as it
   * is. Call it inside a tidy or a gradient.
   *
   * @param batch ids as plain arrays; targets may be `IGNORED_TARGET`. Borrowed.
   * @param state what to begin with, borrowed; `null` for zeros.
   * @param training while the model is trained: what drops and smooths then.
   * @returns the mean loss in nats, the number of tokens, and the state after the batch; the caller owns them.
   * @throws RangeError when an id is not in the vocabulary, no target counts, or a row is empty.
   */
  readonly loss = (
    { inputs, targets, shape, lengths }: LanguageModelBatch,
    state: LanguageModelState | null,
    training?: TrainingStep,
  ): MeanLoss & { readonly state: LanguageModelState } => {
    const { vocabSize, labelSmoothing = 0 } = this.config;
    checkCount("LanguageModel.loss: inputs", inputs, shape);
    checkIds("LanguageModel.loss: inputs", inputs, vocabSize);
    const smoothing = training ? labelSmoothing : 0;
    return tf.tidy(() => {
      const options = { ...(lengths && { lengths }), ...(training && { training }) };
      const ids = tf.tensor2d(inputs, [shape[0], shape[1]], "int32");
      const { features, state: next } = this.#read(ids, state ?? undefined, options);
      const batch = { targets, shape, lengths, labelSmoothing: smoothing };
      const loss = linearCrossEntropyLoss("LanguageModel.loss", { features, output: this.#output }, batch);
      return { ...loss, state: next as unknown as tf.TensorContainerArray };
    }) as unknown as MeanLoss & { readonly state: LanguageModelState };
  };

  /** What `logits` makes its logits of, [B, T, H]. */
  #read(
    ids: tf.Tensor2D,
    initialState: LanguageModelState | undefined,
    { lengths, training }: ReadingOptions,
  ): { features: tf.Tensor3D; state: LanguageModelState } {
    this.#modules.checkAlive();
    const inputs = this.#embedding.read(ids, training);
    const { outputs, state } = readSequences(this.#rnn, inputs, { initialState, lengths, training });
    const kept = dropLocked(outputs, { rate: this.config.outputDropout, training });
    return { features: kept, state };
  }

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#modules.dispose();
  }
}
