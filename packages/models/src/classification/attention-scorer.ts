import type { Initialization } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { NamedShape } from "../bundle/model-type.ts";
import { affineSteps } from "../modules/affine-steps.ts";
import { linear, linearShapes } from "../modules/linear.ts";
import { Modules, type Module } from "../modules/modules.ts";

interface ScorerSizes {
  /** D, the width of a step. */
  readonly inputSize: number;
  /** A */
  readonly attentionSize: number;
}

/** Says how much each step of a sequence matters: vᵀ·tanh(W·h + b). */
export interface AttentionScorer extends Module {
  /** [B, T, D] to [B, T, 1]. */
  score(features: tf.Tensor3D): tf.Tensor3D;
}

/** Parameters `hidden.weight` [A, D], `hidden.bias` [A] and `score.weight` [1, A]. Source: Yang et al. (2016). */
export function attentionScorer(
  generator: Generator,
  { inputSize, attentionSize, initialization }: ScorerSizes & { readonly initialization: Initialization | undefined },
): AttentionScorer {
  const hidden = linear(generator, { inputSize, outputSize: attentionSize, initialization });
  const score = linear(generator, { inputSize: attentionSize, outputSize: 1, hasBias: false, initialization });
  const modules = new Modules("attentionScorer", { hidden, score });
  return {
    get parameters() {
      return modules.parameters;
    },
    score: (features) => affineSteps(tf.tanh(affineSteps(features, hidden)), score),
    dispose: () => modules.dispose(),
  };
}

/** The parameters of a scorer that is called `name` in its model. */
export function scorerShapes(name: string, { inputSize, attentionSize }: ScorerSizes): NamedShape[] {
  return [
    ...linearShapes(`${name}.hidden`, { inputSize, outputSize: attentionSize }),
    ...linearShapes(`${name}.score`, { inputSize: attentionSize, outputSize: 1, hasBias: false }),
  ];
}
