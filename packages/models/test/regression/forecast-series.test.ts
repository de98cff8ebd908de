import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { forecastSeries, LatentRegression, MarkovRegression } from "../../src/index.ts";

const series = Float32Array.from({ length: 2 * 600 }, (_, i) => Math.sin(0.1 * i));
const MODELS = {
  markov: () => new MarkovRegression({ order: 3, numFeatures: 2, hiddenSizes: [4] }, { generator: xoshiro128(1) }),
  latent: () =>
    new LatentRegression({ order: 3, numFeatures: 2, kind: "gru", hiddenSize: 4 }, { generator: xoshiro128(1) }),
};

describe.each(Object.entries(MODELS))("forecastSeries(%s, series, { steps })", (_, make) => {
  it("predicts each time step from the true values that end k steps before it", async () => {
    const model = make();
    const forecasts = await forecastSeries(model, series, { steps: [1, 16, 4, 64] });
    expect(forecasts.map(({ numSteps, firstTime, values }) => [numSteps, firstTime, values.length])).toEqual([
      [1, 3, 2 * 597],
      [16, 18, 2 * 582],
      [4, 6, 2 * 594],
      [64, 66, 2 * 534],
    ]);
    for (const { numSteps, firstTime, values } of forecasts) {
      for (const time of [firstTime, Math.min(firstTime + 540, 599), 599]) {
        const start = time - numSteps - 2; // of the three true values
        let window = Array.from(series.subarray(2 * start, 2 * start + 6));
        const expected = tf.tidy(() => {
          if (model instanceof LatentRegression) {
            const all = model.forecast(tf.tensor3d(window, [1, 3, 2]), { numSteps });
            return Array.from(all.dataSync().slice(-2));
          }
          for (let step = 0; step < numSteps; step++) {
            window = [...window.slice(2), ...model.predict(tf.tensor3d(window, [1, 3, 2])).dataSync()];
          }
          return window.slice(-2);
        });
        const place = 2 * (time - firstTime);
        expectClose(values.subarray(place, place + 2), expected, { label: `${numSteps} steps ahead, time ${time}` });
      }
    }
    model.dispose();
  });

  it("goes as far as the series does", async () => {
    const model = make();
    const short = series.subarray(0, 2 * 9);
    const [forecast] = await forecastSeries(model, short, { steps: [6] });
    const window = tf.tensor3d(short.subarray(0, 2 * 3), [1, 3, 2]);
    const all = model.forecast(window, { numSteps: 6 });
    expect([forecast!.numSteps, forecast!.firstTime, forecast!.values.length]).toEqual([6, 8, 2]);
    expectClose(forecast!.values, all.dataSync().slice(-2));
    tf.dispose([window, all]);
    model.dispose();
  });

  it.each([
    [[], "steps must not be empty, got none"],
    [[0], "steps must be from 1 to 597, got 0"],
    [[598], "steps must be from 1 to 597, got 598"],
  ])("refuses steps %o", async (steps, message) => {
    const model = make();
    await expect(forecastSeries(model, series, { steps })).rejects.toThrow(`forecastSeries: ${message}`);
    model.dispose();
  });
});
