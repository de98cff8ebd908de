import type { Stepper } from "@rnnkit/decoding";
import * as tf from "@tensorflow/tfjs";
import { checkCount } from "../check-batch.ts";
import { networkStepper } from "../modules/network-stepper.ts";
import type { LayerStates } from "../modules/recurrent-network.ts";
import type { SequenceGenerator } from "./sequence-generator.ts";

/**
 * A sequence generator as the searches of `@rnnkit/decoding` see it, for one vector: all rows come from it.
 *
 * Its states hold tensors that outlive a tidy, so they must be disposed, as the searches do; do not step inside a tidy.
 *
 * @param model borrowed: the stepper works until the model is disposed.
 * @param vector [C]; copied.
 * @throws RangeError when the vector is not as wide as the model wants.
 */
export function sequenceGeneratorStepper(model: SequenceGenerator, vector: ArrayLike<number>): Stepper<LayerStates> {
  const { vocabSize, vectorSize } = model.config;
  checkCount("sequenceGeneratorStepper: vector", vector, [vectorSize]);
  const values = Float32Array.from(vector);
  const vectors = (batchSize: number) => tf.tile(tf.tensor2d(values, [1, vectorSize]), [batchSize, 1]) as tf.Tensor2D;
  return networkStepper("sequenceGeneratorStepper", {
    vocabSize,
    zeroState: (batchSize) =>
      tf.tidy(
        () => model.initialState(vectors(batchSize)) as unknown as tf.TensorContainerArray,
      ) as unknown as LayerStates,
    step(tokens, state) {
      const [batchSize] = tokens.shape;
      return model.logits(tf.reshape(tokens, [batchSize, 1]), { vectors: vectors(batchSize), state });
    },
  });
}
