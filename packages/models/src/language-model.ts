import { normalVariable, recurrentLayers, uniformVariable, unroll, type Cell, type Parameters } from "@rnnkit/cells";
import {
  affine,
  decodingState,
  embeddingLookup,
  softmaxCrossEntropy,
  type DecodingState,
  type RecurrentKind,
  type RecurrentState,
  type RecurrentWeights,
} from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import type { Batch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import { checkIds } from "./check-ids.ts";
import { checkLanguageModelConfig, type CompleteConfig, type LanguageModelConfig } from "./language-model-config.ts";

/** The state of each recurrent layer, bottom first. */
export type LanguageModelState = readonly RecurrentState<RecurrentKind>[];

/**
 * A recurrent language model: token → embedding (or one-hot row) → recurrent layers → linear → logits of the next token.
 *
 * Parameters carry the names that the same model has in PyTorch, with modules called `embedding` (nn.Embedding), `rnn`
 * (nn.RNN, nn.GRU or nn.LSTM) and `output` (nn.Linear), in their layouts and drawn as PyTorch draws them.
 */
export class LanguageModel {
  /** With its defaults filled in. */
  readonly config: CompleteConfig;
  readonly #rnn: Cell<LanguageModelState>;
  readonly #embedding: tf.Variable | undefined;
  readonly #output: { readonly weight: tf.Variable<tf.Rank.R2>; readonly bias: tf.Variable<tf.Rank.R1> };
  #isDisposed = false;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a size is not a positive integer or the kind is unknown.
   */
  constructor(config: LanguageModelConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkLanguageModelConfig("LanguageModel", config);
    const { vocabSize, kind, hiddenSize, numLayers, embeddingSize } = this.config;
    if (embeddingSize) this.#embedding = normalVariable(generator, { shape: [vocabSize, embeddingSize] });
    this.#rnn = recurrentLayers(kind, { inputSize: embeddingSize ?? vocabSize, hiddenSize, numLayers, generator });
    const bound = 1 / Math.sqrt(hiddenSize);
    this.#output = {
      weight: uniformVariable(generator, { shape: [vocabSize, hiddenSize], bound }) as tf.Variable<tf.Rank.R2>,
      bias: uniformVariable(generator, { shape: [vocabSize], bound }) as tf.Variable<tf.Rank.R1>,
    };
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    this.#checkAlive();
    const rnn = Object.entries(this.#rnn.parameters).map(([name, variable]) => [`rnn.${name}`, variable]);
    return {
      ...(this.#embedding && { "embedding.weight": this.#embedding }),
      ...Object.fromEntries(rnn),
      "output.weight": this.#output.weight,
      "output.bias": this.#output.bias,
    };
  }

  /** The state before any text: zeros, owned by the caller. */
  zeroState(batchSize: number): LanguageModelState {
    return this.#rnn.zeroState(batchSize);
  }

  /**
   * Reads T tokens in each of B rows.
   *
   * @param ids [B, T], int32, each from 0 to V − 1 (not read back to be checked); borrowed, as the state.
   * @returns logits [B·T, V] of the token after each, row by row, and the state after the last; the caller owns them.
   */
  logits(ids: tf.Tensor2D, state: LanguageModelState): { logits: tf.Tensor2D; state: LanguageModelState } {
    this.#checkAlive();
    const { hiddenSize } = this.config;
    return tf.tidy(() => {
      const table = this.#embedding as tf.Variable<tf.Rank.R2> | undefined;
      const inputs = table ? (embeddingLookup(table, ids) as tf.Tensor3D) : ids; // which stand for one-hot rows
      const { outputs, state: next } = unroll(this.#rnn, inputs, { initialState: state });
      const logits = affine(tf.reshape(outputs, [-1, hiddenSize]), this.#output);
      return { logits, state: next as RecurrentState<RecurrentKind>[] };
    });
  }

  /**
   * Rows that have read nothing, to be stepped token by token without a gradient: what `logits` gives for one step, faster.
   *
   * @param batchSize B
   * @returns a state that the caller disposes; it steps until the model is disposed, with the parameters as they then are.
   * @throws RangeError unless batchSize is a positive integer.
   */
  decodingState(batchSize: number): DecodingState {
    this.#checkAlive();
    if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
      throw new RangeError(`LanguageModel.decodingState: batchSize must be a positive integer, got ${batchSize}`);
    }
    const state = this.zeroState(batchSize);
    try {
      return decodingState(this.config.kind, {
        state,
        layers: this.#layers(),
        embedding: this.#embedding as tf.Variable<tf.Rank.R2> | undefined,
        output: this.#output,
      });
    } finally {
      tf.dispose(state as RecurrentState<RecurrentKind>[]);
    }
  }

  /**
   * The mean cross-entropy of a batch: the loss that `train` of `@rnnkit/training` wants, to which it can be handed as it
   * is. Call it inside a tidy or a gradient.
   *
   * @param batch ids as plain arrays; borrowed.
   * @param state what to begin with, borrowed; `null` for zeros.
   * @returns the mean loss in nats, the number of tokens, and the state after the batch; the caller owns them.
   * @throws RangeError when an id is not in the vocabulary.
   */
  readonly loss = (
    { inputs, targets, shape }: Pick<Batch, "inputs" | "targets" | "shape">,
    state: LanguageModelState | null,
  ): { meanLoss: tf.Scalar; count: number; state: LanguageModelState } => {
    checkIds("LanguageModel.loss: inputs", inputs, this.config.vocabSize);
    checkIds("LanguageModel.loss: targets", targets, this.config.vocabSize);
    return tf.tidy(() => {
      const begin = state ?? this.zeroState(shape[0]);
      const { logits, state: next } = this.logits(tf.tensor2d(inputs, [shape[0], shape[1]], "int32"), begin);
      const meanLoss: tf.Scalar = tf.mean(softmaxCrossEntropy(logits, tf.tensor1d(targets, "int32")));
      return { meanLoss, count: targets.length, state: next as RecurrentState<RecurrentKind>[] };
    });
  };

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#isDisposed = true;
    this.#rnn.dispose();
    tf.dispose([this.#output.weight, this.#output.bias]);
    if (this.#embedding) tf.dispose(this.#embedding);
  }

  #layers(): RecurrentWeights[] {
    const variables = this.#rnn.parameters as Record<string, never>;
    return Array.from({ length: this.config.numLayers }, (_, layer) => ({
      inputWeight: variables[`weight_ih_l${layer}`]!,
      recurrentWeight: variables[`weight_hh_l${layer}`]!,
      inputBias: variables[`bias_ih_l${layer}`],
      recurrentBias: variables[`bias_hh_l${layer}`],
    }));
  }

  #checkAlive(): void {
    if (this.#isDisposed) throw new Error("LanguageModel: already disposed");
  }
}
