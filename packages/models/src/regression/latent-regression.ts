import type { Cell, Parameters } from "@rnnkit/cells";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { MeanLoss } from "../losses/cross-entropy-loss.ts";
import { linear, type Linear } from "../modules/linear.ts";
import { Modules } from "../modules/modules.ts";
import { readSequences, recurrentStack, type LayerStates } from "../modules/recurrent-network.ts";
import type { TrainingStep } from "../training-step.ts";
import {
  checkLatentConfig,
  type CompleteLatentConfig,
  type LatentRegressionConfig,
} from "./latent-regression-config.ts";
import { checkForecast, regressionLoss } from "./regression-loss.ts";
import type { RegressionBatch } from "./series-model.ts";

/**
 * Latent autoregression: recurrent layers read a window into a state, from which a linear layer predicts the next time step;
 * further ones come from feeding predictions back.
 *
 * Parameters carry the names of modules `rnn` (nn.RNN, nn.GRU or nn.LSTM) and `output` (nn.Linear) in PyTorch.
 */
export class LatentRegression {
  readonly type = "latent-regression";
  /** With its defaults filled in. */
  readonly config: CompleteLatentConfig;
  readonly #rnn: Cell<LayerStates>;
  readonly #output: Linear;
  readonly #modules: Modules;

  /**
   * @param options generator draws the initial parameters.
   * @throws RangeError when a field of the config is missing, unknown or out of range.
   */
  constructor(config: LatentRegressionConfig, { generator }: { readonly generator: Generator }) {
    this.config = checkLatentConfig("LatentRegression", config);
    const { numFeatures, initialization } = this.config;
    this.#rnn = recurrentStack(this.config, { inputSize: numFeatures, generator });
    const sizes = { inputSize: this.#rnn.outputSize, outputSize: numFeatures };
    this.#output = linear(generator, { ...sizes, initialization });
    this.#modules = new Modules("LatentRegression", { rnn: this.#rnn, output: this.#output });
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
   * The next time steps after each window, each predicted from the state and the prediction before it.
   *
   * @param windows [B, tau, F]; borrowed.
   * @param options numSteps; training: while the model is trained, for what drops in the window.
   * @returns [B, numSteps, F], which the caller owns.
   * @throws RangeError when the windows are none, or `numSteps` is no positive integer.
   */
  forecast(
    windows: tf.Tensor3D,
    { numSteps, training }: { readonly numSteps: number; readonly training?: TrainingStep | undefined },
  ): tf.Tensor3D {
    this.#modules.checkAlive();
    const { order, numFeatures } = this.config;
    checkForecast("LatentRegression", windows, { numSteps, order, numFeatures });
    return tf.tidy(() => {
      const { outputs, state: after } = readSequences(this.#rnn, windows, { training });
      const last: tf.Tensor3D = tf.slice(outputs, [0, order - 1, 0], [-1, 1, -1]);
      const steps = [this.#output.apply(tf.squeeze(last, [1]))];
      for (let state = after; steps.length < numSteps;) {
        const step = this.#rnn.step(steps.at(-1)!, state);
        steps.push(this.#output.apply(step.output));
        state = step.state;
      }
      return tf.stack(steps, 1) as tf.Tensor3D;
    });
  }

  /**
   * The mean squared error of a batch: the loss that `train` of `@rnnkit/training` wants. Call it inside a tidy or a gradient.
   *
   * @param batch plain arrays, as `seriesBatches` makes them: the targets are the time steps right after the window, and
   *   where they are several, each is predicted from the prediction before it. Borrowed.
   * @param _state none is carried from batch to batch.
   * @param training while the model is trained: what drops then.
   * @returns the mean error and the number of values; the caller owns them.
   * @throws RangeError when the shapes are not those of the model.
   */
  readonly loss = (
    batch: RegressionBatch,
    _state?: unknown,
    training?: TrainingStep,
  ): MeanLoss & { readonly state: Record<string, never> } =>
    regressionLoss("LatentRegression.loss", batch, {
      config: this.config,
      forecast: (windows, options) => this.forecast(windows, { ...options, training }),
    });

  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void {
    this.#modules.dispose();
  }
}
