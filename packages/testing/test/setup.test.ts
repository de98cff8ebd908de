import "@rnnkit/testing/tensor-setup";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";

it.fails("tensor-setup fails a test that leaves a tensor behind", () => {
  expect(tf.scalar(1).isDisposed).toBe(false);
});

it("tensor-setup lets a test pass that disposes what it made", () => {
  const tensor = tf.scalar(1);
  tensor.dispose();
  expect(tensor.isDisposed).toBe(true);
});

it.fails.each(["log", "info", "warn", "error", "debug"] as const)(
  "pure-setup fails a test that calls console.%s",
  (name) => {
    console[name]("unexpected");
    expect(console[name]).toHaveBeenCalled();
  },
);
