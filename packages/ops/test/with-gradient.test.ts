import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { withGradient } from "../src/with-gradient.ts";

/** x + y and x − y, and what each backward pass of it was told. */
function sumAndDifference(x: tf.Tensor, y: tf.Tensor) {
  const told: { gradients: boolean[]; wanted: string[] }[] = [];
  const outputs = withGradient({
    inputs: { x, y },
    forward(save) {
      const made = tf.scalar(2);
      save([x], [made]);
      return [tf.add(x, y), tf.sub(x, y)];
    },
    backward([ofSum, ofDifference], [savedX, made], isWanted) {
      expect([savedX!.dataSync()[0], made!.dataSync()[0]]).toEqual([x.dataSync()[0], 2]);
      told.push({
        gradients: [ofSum !== undefined, ofDifference !== undefined],
        wanted: ["x", "y"].filter((name) => isWanted(name)),
      });
      const zero = tf.scalar(0);
      return {
        x: () => tf.add(ofSum ?? zero, ofDifference ?? zero),
        y: () => tf.sub(ofSum ?? zero, ofDifference ?? zero),
      };
    },
  });
  return { outputs, told };
}

it("withGradient(op) hands on only the gradients that there are, and says which are wanted", () => {
  tf.tidy(() => {
    const [x, y] = [tf.scalar(5), tf.scalar(3)];
    const run = (of: readonly tf.Tensor[], loss: (outputs: tf.Tensor[]) => tf.Tensor) => {
      let told: ReturnType<typeof sumAndDifference>["told"] = [];
      const gradients = tf.grads((...given) => {
        const made = sumAndDifference(of.includes(x) ? given[0]! : x, of.includes(y) ? given.at(-1)! : y);
        told = made.told;
        return loss(made.outputs);
      })([...of]);
      return { told, gradients: gradients.map((tensor) => tensor.dataSync()[0]) };
    };
    expect(run([x, y], ([sum, difference]) => tf.mul(sum!, difference!))).toEqual({
      told: [{ gradients: [true, true], wanted: ["x", "y"] }],
      gradients: [10, -6], // of x² − y²
    });
    expect(run([y], ([, difference]) => tf.mul(difference!, 4))).toEqual({
      told: [{ gradients: [false, true], wanted: ["y"] }],
      gradients: [-4],
    });
    expect(run([x], ([sum]) => tf.mul(sum!, 4))).toEqual({
      told: [{ gradients: [true, false], wanted: ["x"] }],
      gradients: [4],
    });
  });
});

it("withGradient(op) frees what was saved, after the gradient and where the operation throws", () => {
  const [x, y] = [tf.scalar(5), tf.scalar(3)];
  const { numTensors } = tf.memory();
  tf.tidy(() => void tf.grads((a, b) => tf.addN(sumAndDifference(a!, b!).outputs))([x, y]));
  expect(tf.memory().numTensors).toBe(numTensors);
  const fails = () =>
    withGradient({
      inputs: { x },
      forward(save) {
        save([x], [tf.scalar(1)]);
        throw new Error("no room");
      },
      backward: () => ({}),
    })[0]!;
  expect(() => tf.tidy(() => tf.grad(fails)(x))).toThrow("no room");
  expect(tf.memory().numTensors).toBe(numTensors);
  tf.dispose([x, y]);
});
