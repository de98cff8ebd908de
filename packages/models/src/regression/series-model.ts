import type { SeriesBatch } from "@rnnkit/samplers";
import type * as tf from "@tensorflow/tfjs";

/** What `forecastSeries` asks of a model. */
export interface SeriesModel {
  readonly config: {
    /** tau, the time steps of a window. */
    readonly order: number;
    /** F, the numbers of a time step. */
    readonly numFeatures: number;
  };
  /** Windows [B, tau, F] to the `numSteps` time steps after each, [B, numSteps, F], each from those before it. */
  forecast(windows: tf.Tensor3D, options: { readonly numSteps: number }): tf.Tensor3D;
}

/** Windows of a series, and the time steps right after each, which a model is to predict. */
export type RegressionBatch = Pick<SeriesBatch, "inputs" | "targets" | "shape" | "targetShape">;
