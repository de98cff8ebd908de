// Loaded before every test file of a tensor package: a test that leaves a tensor behind is a failure.
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, expect } from "vitest";

let tensorsBefore = 0;

beforeAll(async () => {
  // TensorFlow.js prints a notice at the first tensor in Node, except under test. The flag goes again at once: under it,
  // the engine takes a custom gradient's saved tensors for a leak.
  tf.env().set("IS_TEST", true);
  await tf.setBackend("cpu");
  tf.scalar(0).dispose();
  tf.env().set("IS_TEST", false);
});

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors - tensorsBefore, "tensors left behind by the test").toBe(0);
});
