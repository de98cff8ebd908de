import type { ModelType, NamedShape } from "../bundle/model-type.ts";
import { linearShapes } from "../modules/linear.ts";
import { checkMarkovConfig, perceptronSizes, type MarkovRegressionConfig } from "./markov-regression-config.ts";
import { MarkovRegression } from "./markov-regression.ts";

/** How a Markov regression is rebuilt from a bundle. */
export const markovRegressionType: ModelType<MarkovRegressionConfig, MarkovRegression, Record<never, number>> = {
  check: checkMarkovConfig,
  shapes,
  vocabularies: () => ({}),
  make: (config, options) => new MarkovRegression(config, options),
};

function* shapes(config: MarkovRegressionConfig): Iterable<NamedShape> {
  const sizes = perceptronSizes(config);
  for (const [i, outputSize] of sizes.slice(1).entries()) {
    yield* linearShapes(`layers.${2 * i}`, { inputSize: sizes[i]!, outputSize });
  }
}
