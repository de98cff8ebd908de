import * as tf from "@tensorflow/tfjs";
import { affine } from "./affine.ts";
import { checkState, checkWeights } from "./check-recurrent.ts";
import { checkShape } from "./check-shape.ts";
import { embeddingLookup } from "./embedding-lookup.ts";
import { hasKernel, runKernel } from "./kernels.ts";
import { recurrent } from "./recurrent.ts";
import type { RecurrentKind, RecurrentState, RecurrentWeights } from "./recurrent-kind.ts";
import { stateFromList, stateToList } from "./state-list.ts";

export interface DecodingStepArguments<Kind extends RecurrentKind> {
  /** [B], int32, one id a row. */
  readonly tokens: tf.Tensor1D;
  /** One state a layer, the bottom one first. */
  readonly state: readonly RecurrentState<Kind>[];
  /** The parameters of each layer. */
  readonly layers: readonly RecurrentWeights[];
  /** [V, E]; without it, ids enter as one-hot rows. */
  readonly embedding?: tf.Tensor2D | undefined;
  /** The projection to logits: weight [V, H] and, optionally, bias [V]. */
  readonly output: { readonly weight: tf.Tensor2D; readonly bias?: tf.Tensor1D | undefined };
}

/** What a backend's kernel for `decodingStep` is told beside its tensors. */
export interface DecodingStepAttributes {
  readonly kind: RecurrentKind;
  readonly numLayers: number;
}

/**
 * One token of a language model: embedding, recurrent layers, projection, as one operation without a gradient. A backend that has a
 * kernel for it keeps the weights packed from step to step, until they change.
 *
 * @returns logits [B, V] and the new state, owned by the caller; the arguments are borrowed.
 * @throws ShapeError when the shapes do not fit; TypeError when the tokens are not int32; RangeError when a layer has no state.
 */
export function decodingStep<Kind extends RecurrentKind>(
  kind: Kind,
  { tokens, state, layers, embedding, output }: DecodingStepArguments<Kind>,
): { logits: tf.Tensor2D; state: RecurrentState<Kind>[] } {
  if (layers.length === 0 || layers.length !== state.length) {
    throw new RangeError(`decodingStep: state must have one entry a layer, got ${state.length} for ${layers.length}`);
  }
  if (tokens.dtype !== "int32") throw new TypeError(`decodingStep: tokens must be int32, got ${tokens.dtype}`);
  checkShape("decodingStep: tokens", tokens, { B: undefined });
  const [batchSize] = tokens.shape;
  if (embedding) checkShape("decodingStep: embedding", embedding, { V: undefined, E: layers[0]!.inputWeight.shape[1] });
  for (const [layer, weights] of layers.entries()) {
    checkWeights("decodingStep", kind, weights);
    checkState("decodingStep: state", stateToList(kind, state[layer]!), batchSize, weights);
    const below = layers[layer - 1]?.recurrentWeight.shape[1];
    if (below !== undefined) checkShape("decodingStep: inputWeight", weights.inputWeight, { G·H: undefined, H: below });
  }
  const hiddenSize = layers.at(-1)!.recurrentWeight.shape[1];
  checkShape("decodingStep: output.weight", output.weight, { V: undefined, H: hiddenSize });
  if (output.bias) checkShape("decodingStep: output.bias", output.bias, { V: output.weight.shape[0] });
  if (!hasKernel("decodingStep")) return composedStep(kind, { tokens, state, layers, embedding, output });
  const numbered = layers.map((weights, layer) => {
    const [hidden, cell] = stateToList(kind, state[layer]!);
    return Object.entries({ ...weights, hidden, cell }).map(([name, tensor]) => [`${name}${layer}`, tensor]);
  });
  const inputs = {
    tokens,
    embedding,
    outputWeight: output.weight,
    outputBias: output.bias,
    ...(Object.fromEntries(numbered.flat()) as Record<string, tf.Tensor | undefined>),
  };
  const attributes: DecodingStepAttributes = { kind, numLayers: layers.length };
  const [logits, ...tensors] = runKernel("decodingStep", inputs, attributes) as tf.Tensor2D[];
  const size = tensors.length / layers.length;
  return {
    logits: logits!,
    state: layers.map((_, layer) => stateFromList(kind, tensors.slice(layer * size, (layer + 1) * size))),
  };
}

function composedStep<Kind extends RecurrentKind>(
  kind: Kind,
  { tokens, state, layers, embedding, output }: DecodingStepArguments<Kind>,
): { logits: tf.Tensor2D; state: RecurrentState<Kind>[] } {
  return tf.tidy(() => {
    const ids: tf.Tensor2D = tf.reshape(tokens, [-1, 1]);
    let inputs = embedding ? (embeddingLookup(embedding, ids) as tf.Tensor3D) : ids; // [B, 1, E], or [B, 1]
    const next = layers.map((weights, layer) => {
      const { outputs, finalState } = recurrent(kind, { inputs, initialState: state[layer]!, weights });
      inputs = outputs;
      return finalState;
    });
    const hidden: tf.Tensor2D = tf.reshape(inputs, [inputs.shape[0], -1]);
    return { logits: affine(hidden, output), state: next };
  });
}
