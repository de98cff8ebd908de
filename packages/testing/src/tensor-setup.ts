// Loaded before every test file of a tensor package: a test that leaves a tensor behind is a failure.
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, expect } from "vitest";

tf.enableProdMode(); // does nothing but silence the notice that TensorFlow.js prints in Node

let tensorsBefore = 0;

beforeEach(async () => {
  await tf.ready();
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors - tensorsBefore, "tensors left behind by the test").toBe(0);
});
