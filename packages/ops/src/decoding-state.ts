import * as tf from "@tensorflow/tfjs";
import { checkState, checkWeights } from "./check-recurrent.ts";
import { checkShape } from "./check-shape.ts";
import { composedDecodingRows } from "./composed-decoding-rows.ts";
import type { DecodingResult, DecodingRows } from "./decoding-rows.ts";
import { KERNELS } from "./kernels.ts";
import type { RecurrentKind, RecurrentState, RecurrentWeights } from "./recurrent-kind.ts";
import { stateToList } from "./state-list.ts";

/** A recurrent language model: embedding, layers, projection to logits. */
export interface DecodingArguments<Kind extends RecurrentKind> {
  /** One state a layer, the bottom one first; read now. */
  readonly state: readonly RecurrentState<Kind>[];
  /** The parameters of each layer. */
  readonly layers: readonly RecurrentWeights[];
  /** [V, E]; without it, tokens enter as one-hot rows. */
  readonly embedding?: tf.Tensor2D | undefined;
  /** The projection to logits: weight [V, H] and, optionally, bias [V]. */
  readonly output: { readonly weight: tf.Tensor2D; readonly bias?: tf.Tensor1D | undefined };
}

/** What a backend's kernel for `decodingRows` is told beside its tensors. */
export interface DecodingAttributes {
  readonly kind: RecurrentKind;
  readonly numLayers: number;
}

/**
 * B rows that a language model reads one token after another, without a gradient, in whatever form the active backend steps fastest: one
 * that has a kernel for it computes a token without TensorFlow.js's bookkeeping, from weights that stay packed until they change.
 *
 * @param kind as of `recurrent`.
 * @param args the weights are borrowed as long as the state and what comes from it are stepped; they may be trained in between.
 * @returns a state that the caller disposes.
 * @throws ShapeError when the shapes do not fit; RangeError when a layer has no state.
 */
export function decodingState<Kind extends RecurrentKind>(kind: Kind, args: DecodingArguments<Kind>): DecodingState {
  const { state, layers, output } = args;
  const batchSize = checkArguments(kind, args);
  const sizes = { batchSize, vocabSize: output.weight.shape[0] };
  const kernel = tf.getKernel(KERNELS.decodingRows, tf.getBackend());
  const isUniform = layers.every(({ recurrentWeight }) => recurrentWeight.shape[1] === output.weight.shape[1]);
  if (!kernel || !isUniform) return new DecodingState(composedDecodingRows(kind, args), sizes);
  const numbered = layers.map((weights, layer) => {
    const [hidden, cell] = stateToList(kind, state[layer]!);
    return Object.entries({ ...weights, hidden, cell }).map(([name, tensor]) => [`${name}${layer}`, tensor]);
  });
  const inputs = {
    embedding: args.embedding,
    outputWeight: output.weight,
    outputBias: output.bias,
    ...(Object.fromEntries(numbered.flat()) as Record<string, tf.Tensor | undefined>),
  };
  const attrs: DecodingAttributes = { kind, numLayers: layers.length };
  // Not by way of the engine, which knows nothing but tensors.
  const rows = kernel.kernelFunc({ inputs: inputs as never, attrs: attrs as never, backend: tf.backend() });
  return new DecodingState(rows as unknown as DecodingRows, sizes);
}

interface Sizes {
  readonly batchSize: number;
  readonly vocabSize: number;
}

/** Rows of a state and how to step them; see `decodingState`. */
export class DecodingState {
  /** B */
  readonly batchSize: number;
  readonly #vocabSize: number;
  readonly #rows: DecodingRows;
  #isDisposed = false;

  constructor(rows: DecodingRows, { batchSize, vocabSize }: Sizes) {
    this.#rows = rows;
    this.batchSize = batchSize;
    this.#vocabSize = vocabSize;
  }

  /**
   * Reads one token in each row.
   *
   * @param tokens [B], borrowed.
   * @returns logits [B, V] of the token after it and the state then, both the caller's; this state stays as it is.
   * @throws RangeError when tokens are not one a row, each from 0 to V − 1; Error when a weight or the state is disposed.
   */
  step(tokens: Int32Array): DecodingResult<DecodingState> | Promise<DecodingResult<DecodingState>> {
    this.#checkAlive();
    if (tokens.length !== this.batchSize) {
      throw new RangeError(`DecodingState.step: tokens must be ${this.batchSize}, one a row, got ${tokens.length}`);
    }
    for (const token of tokens) {
      if (token < 0 || token >= this.#vocabSize) {
        throw new RangeError(`DecodingState.step: tokens must be ids from 0 to ${this.#vocabSize - 1}, got ${token}`);
      }
    }
    const result = this.#rows.step(tokens);
    return result instanceof Promise ? result.then((later) => this.#wrapped(later)) : this.#wrapped(result);
  }

  /**
   * The state whose row i is row `rows[i]` of this one.
   *
   * @param rows at least one, each from 0 to B − 1; borrowed.
   * @returns a state that the caller disposes.
   * @throws RangeError for any other row.
   */
  select(rows: Int32Array): DecodingState {
    this.#checkAlive();
    if (rows.length === 0) throw new RangeError("DecodingState.select: rows must name at least one row, got none");
    for (const row of rows) {
      if (row < 0 || row >= this.batchSize) {
        throw new RangeError(`DecodingState.select: rows must be from 0 to ${this.batchSize - 1}, got ${row}`);
      }
    }
    return new DecodingState(this.#rows.select(rows), { batchSize: rows.length, vocabSize: this.#vocabSize });
  }

  /** Frees the rows. A second call does nothing; any other use after it throws. */
  dispose(): void {
    if (!this.#isDisposed) this.#rows.dispose();
    this.#isDisposed = true;
  }

  #wrapped({ logits, state }: DecodingResult<DecodingRows>): DecodingResult<DecodingState> {
    return { logits, state: new DecodingState(state, { batchSize: this.batchSize, vocabSize: this.#vocabSize }) };
  }

  #checkAlive(): void {
    if (this.#isDisposed) throw new Error("DecodingState: already disposed");
  }
}

/** @returns B */
function checkArguments<Kind extends RecurrentKind>(
  kind: Kind,
  { state, layers, embedding, output }: DecodingArguments<Kind>,
): number {
  if (layers.length === 0 || layers.length !== state.length) {
    throw new RangeError(`decodingState: state must have one entry a layer, got ${state.length} for ${layers.length}`);
  }
  const [batchSize] = state[0]!.hidden.shape;
  if (embedding)
    checkShape("decodingState: embedding", embedding, { V: undefined, E: layers[0]!.inputWeight.shape[1] });
  for (const [layer, weights] of layers.entries()) {
    checkWeights("decodingState", kind, weights);
    checkState("decodingState: state", stateToList(kind, state[layer]!), batchSize, weights);
    const below = layers[layer - 1]?.recurrentWeight.shape[1];
    if (below !== undefined)
      checkShape("decodingState: inputWeight", weights.inputWeight, { G·H: undefined, H: below });
  }
  const hiddenSize = layers.at(-1)!.recurrentWeight.shape[1];
  checkShape("decodingState: output.weight", output.weight, { V: undefined, H: hiddenSize });
  if (output.bias) checkShape("decodingState: output.bias", output.bias, { V: output.weight.shape[0] });
  return batchSize;
}
