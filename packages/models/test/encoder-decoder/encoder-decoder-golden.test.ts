import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encoderDecoderLoss } from "../../src/index.ts";
import { coinGenerator, goldenBatch, goldenModel, type GoldenCase } from "./golden-case.ts";

const TEST_FOLDER = new URL("../", import.meta.url).href;

describe.each(["cpu", "wasm"])("on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  describe.each(["encoder-decoder", "encoder-decoder-attention"])("EncoderDecoder equals PyTorch's: %s", (name) => {
    const { source, cases } = golden<GoldenCase[]>(TEST_FOLDER, name);
    it.each(cases.map((each) => [JSON.stringify({ ...each.config, isSampled: each.coins !== undefined }), each]))(
      "%s",
      (_, each) => {
        const { coins } = each as GoldenCase;
        const expected = each as GoldenCase;
        const model = goldenModel(expected);
        const batch = goldenBatch(expected);
        const scheduledSampling = { goldProbability: () => 0.5, choice: "likeliest" } as const;
        const loss = encoderDecoderLoss(model, { objective: "d2l", ...(coins && { scheduledSampling }) });
        const training = () => (coins ? { generator: coinGenerator(coins), step: 1 } : undefined);
        expect(Object.keys(model.parameters).sort()).toEqual(Object.keys(expected.parameters).sort());
        tf.tidy(() => {
          const { meanLoss, objective, count } = loss(batch, null, training());
          expect(count).toBe(batch.lengths.reduce((a, b) => a + b));
          expectClose(meanLoss.dataSync(), [expected.meanLoss], { label: "loss", source });
          expectClose(objective!.dataSync(), [expected.d2lObjective], { label: "d2l's objective", source });
          if (expected.logits) {
            const { logits, attention } = model.score(batch);
            expectClose(logits.dataSync(), expected.logits, { label: "logits", source });
            if (expected.attention)
              expectClose(attention!.dataSync(), expected.attention, { label: "attention", source });
          }
          const variables = Object.entries(model.parameters);
          const { grads } = tf.variableGrads(
            () => loss(batch, null, training()).meanLoss,
            variables.map(([, variable]) => variable),
          );
          const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));
          const all = largest(Object.values(expected.gradients).map(largest));
          for (const [parameter, variable] of variables) {
            // What nearly cancels out, as the gradient of a query whose weights are all but even, is rounding of what is larger.
            const scale = largest(expected.gradients[parameter]!);
            const tolerance = scale > 0 ? 5e-5 * Math.max(1, (1e-4 * all) / scale) : 5e-5;
            const options = { label: `gradient of ${parameter}`, source, tolerance };
            expectClose(grads[variable.name]!.dataSync(), expected.gradients[parameter]!, options);
          }
        });
        model.dispose();
      },
    );
  });
});
