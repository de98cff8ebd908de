import { golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, it } from "vitest";
import { expectGolden, type LayerGolden } from "./layer-golden.ts";

const GOLDENS = ["torch-rnn", "torch-gru", "torch-lstm", "keras", "cell-forms"];

describe.each(["cpu", "wasm"])("on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  for (const name of GOLDENS) {
    const { source, cases } = golden<LayerGolden[]>(import.meta.url, name);
    it.each(cases)(
      `unroll(network, ...) has the outputs, final states and gradients of ${source}: $name`,
      (testCase) => {
        expectGolden(testCase, source);
      },
    );
  }
});
