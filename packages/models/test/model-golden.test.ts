import { xoshiro128 } from "@rnnkit/random";
import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { makeModel, type GoldenCase } from "./make-model.ts";

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "models");
const LEARNING_RATE = 0.5;

it.each(cases)(`is the model of ${source}, and learns as it does: $name`, (testCase) => {
  const { model, predict, loss } = makeModel(testCase, xoshiro128(1));
  expect(Object.entries(model.parameters).map(([name, { shape }]) => [name, shape])).toEqual(
    Object.entries(testCase.parameters).map(([name, { shape }]) => [name, shape]),
  );
  for (const [name, { values, shape }] of Object.entries(testCase.parameters)) {
    tf.tidy(() => model.parameters[name]!.assign(tf.tensor(values, shape)));
  }
  const predictions = tf.tidy(() => predict().dataSync());
  expectClose(...valid(testCase, predictions), { label: "predictions", source });

  const parameters = Object.entries(model.parameters);
  for (const [step, expected] of testCase.losses.entries()) {
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => loss().meanLoss,
        parameters.map(([, variable]) => variable),
      );
      expectClose(value.dataSync(), [expected], { tolerance: 1e-4, label: `loss ${step}`, source });
      for (const [name, variable] of parameters) {
        const gradient = grads[variable.name]!;
        if (step === 0) {
          expectClose(gradient.dataSync(), testCase.gradients[name]!, { tolerance: 5e-5, label: name, source });
        }
        variable.assign(tf.sub(variable, tf.mul(gradient, LEARNING_RATE)));
      }
    });
  }
  model.dispose();
});

it("the goldens are of each type of model", () => {
  expect(new Set(cases.map(({ type }) => type)).size).toBe(6);
});

/** What is predicted and expected where a step is valid: beyond a length the two may differ. */
function valid({ type, batch, predictions }: GoldenCase, actual: ArrayLike<number>): [number[], number[]] {
  const all = [Array.from(actual), predictions] as [number[], number[]];
  if (!batch.lengths || type === "text-classifier") return all;
  const [batchSize, numSteps] = batch.inputs.shape as [number, number];
  const width = predictions.length / (batchSize * numSteps);
  return all.map((values) =>
    values.filter((_, i) => {
      const place = Math.floor(i / width);
      return place % numSteps < batch.lengths![Math.floor(place / numSteps)]!;
    }),
  ) as [number[], number[]];
}
