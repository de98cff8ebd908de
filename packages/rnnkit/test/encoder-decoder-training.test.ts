import { EncoderDecoder, encoderDecoderLoss, type EncoderDecoderConfig } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose, golden } from "@rnnkit/testing";
import { adam, train } from "@rnnkit/training";
import { expect, it } from "vitest";
import { assignParameters } from "./assign-parameters.ts";
import { describeOnEveryBackend } from "./describe-on-every-backend.ts";

interface GoldenCase {
  readonly config: EncoderDecoderConfig;
  readonly batch: Readonly<Record<"sources" | "sourceLengths" | "inputs" | "targets" | "lengths", number[]>>;
  readonly shape: [number, number];
  readonly sourceShape: [number, number];
  readonly parameters: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
  readonly training: { readonly learningRate: number; readonly losses: number[] };
}

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "encoder-decoder");

describeOnEveryBackend(() => {
  it.each(cases)(`train(EncoderDecoder) on d2l's objective follows ${source} step by step: $config`, async (each) => {
    const { config, batch, shape, sourceShape, parameters, training } = each;
    const model = new EncoderDecoder(config, { generator: xoshiro128(0) });
    assignParameters(model, parameters);
    const arrays = Object.entries(batch).map(([name, ids]) => [name, Int32Array.from(ids)]);
    const made = { ...(Object.fromEntries(arrays) as Record<keyof typeof batch, Int32Array>), shape, sourceShape };
    const optimizer = adam({ learningRate: training.learningRate });
    const losses: number[] = [];
    for await (const { meanLoss } of train({
      parameters: model.parameters,
      batches: { epoch: () => [{ ...made, isContinuation: false }] },
      loss: encoderDecoderLoss(model, { objective: "d2l" }),
      optimizer,
      maxGradientNorm: 1,
      numSteps: training.losses.length,
    })) {
      losses.push(meanLoss);
    }
    expectClose(losses, training.losses, { tolerance: 1e-4, label: "losses", source });
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    optimizer.dispose();
    model.dispose();
  });
});
