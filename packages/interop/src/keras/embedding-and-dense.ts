import { showValue } from "../show-value.ts";
import { checkWeight } from "../weights/check-weight.ts";
import type { EmbeddingModule, LinearModule } from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { fromKernel, toKernel } from "./gate-blocks.ts";

const ONE_BLOCK = "rnn-tanh"; // no gates to put in order: a transpose

/**
 * The embedding that a Keras layer `Embedding` is.
 *
 * @param weights what its `get_weights()` gives: the embeddings, [V, E]. Handed on, not copied.
 * @throws RangeError or TypeError when that is not one matrix.
 */
export function embeddingFromKeras(weights: readonly Weight[]): EmbeddingModule {
  checkNumber("embeddingFromKeras", weights, [1]);
  const [weight] = weights;
  checkWeight("embeddingFromKeras: embeddings", weight, { V: undefined, E: undefined });
  return { kind: "embedding", weight };
}

/** What `set_weights()` of a Keras `Embedding` takes: the same rows, handed on. @throws RangeError for no matrix. */
export function embeddingToKeras({ weight }: EmbeddingModule): Weight[] {
  checkWeight("embeddingToKeras: weight", weight, { V: undefined, E: undefined });
  return [weight];
}

/**
 * The linear module that a Keras layer `Dense` is, before its activation.
 *
 * @param weights what its `get_weights()` gives: kernel [inputs, outputs], and bias [outputs] unless it has none. Borrowed;
 * the kernel is copied, the bias handed on.
 * @throws RangeError or TypeError when the number of weights or a shape is another.
 */
export function linearFromKeras(weights: readonly Weight[]): LinearModule {
  checkNumber("linearFromKeras", weights, [1, 2]);
  const [kernel, bias] = weights;
  checkWeight("linearFromKeras: kernel", kernel, { inputs: undefined, outputs: undefined });
  if (bias) checkWeight("linearFromKeras: bias", bias, { outputs: kernel.shape[1] });
  return { kind: "linear", weight: fromKernel(ONE_BLOCK, kernel), ...(bias && { bias }) };
}

/**
 * What `set_weights()` of a Keras `Dense` takes: the kernel, transposed to [inputs, outputs], and the bias if there is one.
 *
 * @throws RangeError or TypeError when the shapes do not fit together.
 */
export function linearToKeras({ weight, bias }: LinearModule): Weight[] {
  checkWeight("linearToKeras: weight", weight, { outputs: undefined, inputs: undefined });
  if (bias) checkWeight("linearToKeras: bias", bias, { outputs: weight.shape[0] });
  return [toKernel(ONE_BLOCK, weight), ...(bias ? [bias] : [])];
}

function checkNumber(caller: string, weights: readonly Weight[], numbers: readonly number[]): void {
  if (!numbers.includes(weights.length)) {
    throw new RangeError(`${caller}: weights must be ${numbers.join(" or ")}, got ${showValue(weights.length)}`);
  }
}
