import { forecastSeries, MarkovRegression } from "@rnnkit/models";
import { normal, xoshiro128 } from "@rnnkit/random";
import { seriesBatches } from "@rnnkit/samplers";
import { adam, evaluate, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { lineChart } from "./drawings/line-chart.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

const TAU = 4;
const NUM_TRAIN = 600;
const STEPS = [1, 4, 16, 64];

/** A perceptron predicts a noisy sine from its last four values: one step ahead well, many steps ahead badly. */
export async function noisySine({ isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const noise = xoshiro128(1);
  const series = Float32Array.from(
    { length: 1000 },
    (_, i) => Math.sin(0.01 * (i + 1)) + normal(noise, { standardDeviation: 0.2 }),
  );
  const known = series.subarray(0, NUM_TRAIN + TAU);
  const options = { order: TAU, batchSize: 16 };
  const config = { order: TAU, hiddenSizes: [10], initialization: "keras" } as const; // Glorot's, as in the book
  const model = new MarkovRegression(config, { generator: xoshiro128(2) });
  const optimizer = adam({ learningRate: 0.01 });
  const batches = seriesBatches(known, { ...options, seed: 3 });
  const numEpochs = isSmall ? 2 : 5;
  for await (const { epoch, meanLoss } of train({
    parameters: model.parameters,
    batches,
    loss: model.loss,
    optimizer,
    numEpochs,
    reportEvery: batches.epoch(0).length,
  })) {
    log(`epoch ${epoch}: loss ${meanLoss.toFixed(4)}`);
  }
  optimizer.dispose();
  const trainLoss = await evaluate({ batches: seriesBatches(known, options).epoch(0), loss: model.loss });

  // From the last known window on, it reads what it wrote.
  const written = tf.tidy(() => {
    const window = tf.tensor3d(series.slice(NUM_TRAIN, NUM_TRAIN + TAU), [1, TAU, 1]);
    return model.forecast(window, { numSteps: series.length - NUM_TRAIN - TAU });
  });
  const multiStep = await written.data();
  written.dispose();
  const ahead = await forecastSeries(model, series, { steps: STEPS });
  model.dispose();

  const unseen = NUM_TRAIN + TAU;
  const error = (values: ArrayLike<number>, firstTime: number) => {
    const squares = Array.from(values, (value, i) => (value - series[firstTime + i]!) ** 2);
    const ofUnseen = squares.slice(Math.max(0, unseen - firstTime));
    return ofUnseen.reduce((sum, square) => sum + square, 0) / ofUnseen.length;
  };
  const line = (values: ArrayLike<number>, firstTime: number) =>
    Array.from(values, (value, i) => [firstTime + i + 1, value] as const);
  const axes = { x: "time", y: "x" };
  return {
    data: "1000 values of sin(0.01 t) with noise of variance 0.04, of which 600 windows are learnt from",
    figures: [
      { name: "mean squared error, training", value: trainLoss.totalNats / trainLoss.count, printed: "0.0517" },
      ...ahead.map(({ numSteps, firstTime, values }) => ({
        name: `mean squared error, unseen, ${numSteps} ahead`,
        value: error(values, firstTime),
      })),
      { name: "mean squared error, unseen, from the last known window on", value: error(multiStep, unseen) },
    ],
    drawings: {
      "noisy-sine-multi-step.svg": lineChart(
        [
          { name: "series", points: line(series, 0) },
          { name: "one step ahead", points: line(ahead[0]!.values, ahead[0]!.firstTime) },
          { name: "multi-step", points: line(multiStep, unseen) },
        ],
        { title: "One step ahead, and from time 604 on its own predictions", ...axes },
      ),
      "noisy-sine-k-step.svg": lineChart(
        ahead.map(({ numSteps, firstTime, values }) => ({ name: `k = ${numSteps}`, points: line(values, firstTime) })),
        { title: "k steps ahead", ...axes },
      ),
    },
  };
}
