import type { Parameters } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { MeanLoss } from "../losses/cross-entropy-loss.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { Modules } from "../modules/modules.ts";
import {
  checkMarkovConfig,
  perceptronSizes,
  type CompleteMarkovConfig,
  type MarkovRegressionConfig,
} from "./markov-regression-config.ts";
import { checkForecast, regressionLoss } from "./regression-loss.ts";
import type { RegressionBatch } from "./series-model.ts";

/**
 * Autoregression of order tau: a multilayer perceptron predicts a time step of a series from the tau before it, and nothing
 * else.
 *
 * Parameters carry the names of `layers`, an nn.Sequential of nn.Linear and activations: `layers.0.weight`, `layers.0.bias`,
 * `layers.2.weight`, ...
 */
export class MarkovRegression {
  readonly type = "markov-regression";
  /** With its defaults filled in. */
  readonly config: CompleteMarkovConfig;
  readonly #layers: readonly Linear[];
  readonly #modules: Modules;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a field of the config is missing, unknown or out of range.
   */
  constructor(config: MarkovRegressionConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkMarkovConfig("MarkovRegression", config);
    const sizes = perceptronSizes(this.config);
    const { initialization } = this.config;
    this.#layers = sizes
      .slice(1)
      .map((outputSize, i) => linear(generator, { inputSize: sizes[i]!, outputSize, initialization }));
    const parts = this.#layers.map((layer, i) => [`layers.${2 * i}`, layer] as const);
    this.#modules = new Modules("MarkovRegression", Object.fromEntries(parts));
  }

  /** Owned by the model. */
  get parameters(): Parameters {
    return this.#modules.parameters;
  }

  /**
   * The time step after each window.
   *
   * @param windows [B, tau, F]; borrowed.
   * @returns [B, F], which the caller owns.
   */
  predict(windows: tf.Tensor3D): tf.Tensor2D {
    return tf.tidy(() => tf.squeeze(this.forecast(windows, { numSteps: 1 }), [1]));
  }

  /**
   * The next time steps after each window, each predicted from the window and the predictions before it.
   *
   * @param windows [B, tau, F]; borrowed.
   * @returns [B, numSteps, F], which the caller owns.
   * @throws RangeError when the windows are none, or `numSteps` is no positive integer.
   */
  forecast(windows: tf.Tensor3D, { numSteps }: { readonly numSteps: number }): tf.Tensor3D {
    this.#modules.checkAlive();
    const { order, numFeatures } = this.config;
    checkForecast("MarkovRegression", windows, { numSteps, order, numFeatures });
    return tf.tidy(() => {
      const steps: tf.Tensor2D[] = [];
      let window: tf.Tensor2D = tf.reshape(windows, [-1, order * numFeatures]);
      for (let step = 0; step < numSteps; step++) {
        const next = this.#next(window);
        steps.push(next);
        const kept: tf.Tensor2D = tf.slice(window, [0, numFeatures], [-1, (order - 1) * numFeatures]);
        window = order === 1 ? next : tf.concat([kept, next], 1);
      }
      return tf.stack(steps, 1) as tf.Tensor3D;
    });
  }

  /**
   * The mean squared error of a batch: the loss that `train` of `@rnnkit/training` wants. Call it inside a tidy or a gradient.
   *
   * @param batch plain arrays, as `seriesBatches` makes them: the targets are the time steps right after the window, and
   *   where they are several, each is predicted from the predictions before it. Borrowed.
   * @returns the mean error and the number of values; the caller owns them.
   * @throws RangeError when the shapes are not those of the model.
   */
  readonly loss = (batch: RegressionBatch): MeanLoss & { readonly state: Record<string, never> } =>
    regressionLoss("MarkovRegression.loss", batch, {
      config: this.config,
      forecast: (windows, options) => this.forecast(windows, options),
    });

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#modules.dispose();
  }

  #next(window: tf.Tensor2D): tf.Tensor2D {
    const activation = this.config.activation === "relu" ? tf.relu : tf.tanh;
    return this.#layers.reduce((rows, layer, i) => layer.apply(i === 0 ? rows : activation(rows)), window);
  }
}
