import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { recurrentOutputSize, recurrentShapes } from "../config/recurrent-config.ts";
import { linearShapes } from "../modules/linear.ts";
import { checkLatentConfig, type LatentRegressionConfig } from "./latent-regression-config.ts";
import { LatentRegression } from "./latent-regression.ts";

/** How a latent regression is rebuilt from a bundle. */
export const latentRegressionType: ModelType<LatentRegressionConfig, LatentRegression, Record<never, number>> = {
  check: checkLatentConfig,
  shapes,
  vocabularies: () => ({}),
  make: (config, options) => new LatentRegression(config, options),
};

function* shapes(config: LatentRegressionConfig): Iterable<NamedShape> {
  const { numFeatures = 1 } = config;
  for (const [name, shape] of recurrentShapes(config, { inputSize: numFeatures })) yield [`rnn.${name}`, shape];
  yield* linearShapes("output", { inputSize: recurrentOutputSize(config), outputSize: numFeatures });
}
