import { LanguageModel, type LanguageModelConfig } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose, golden } from "@rnnkit/testing";
import { adam, sgd, train } from "@rnnkit/training";
import { expect, it } from "vitest";
import { assignParameters } from "./assign-parameters.ts";
import { describeOnEveryBackend } from "./describe-on-every-backend.ts";
import { streamBatches } from "./stream-batches.ts";

interface Golden {
  readonly stream: number[][];
  readonly runs: readonly {
    readonly name: string;
    readonly optimizer: "sgd" | "adam";
    readonly learningRate: number;
    readonly config: LanguageModelConfig;
    readonly numTimeSteps: number;
    readonly parameters: Record<string, { shape: number[]; values: number[] }>;
    readonly lossNats: number[];
  }[];
}

const { source, cases } = golden<Golden>(import.meta.url, "training-curves");

describeOnEveryBackend(() => {
  it.each(cases.runs)(`train(LanguageModel) follows the 200 losses of ${source}: $name`, async (run) => {
    const model = new LanguageModel(run.config, { generator: xoshiro128(0) });
    assignParameters(model, run.parameters);
    const optimizer = { sgd, adam }[run.optimizer]({ learningRate: run.learningRate });
    const batches = streamBatches(cases.stream, run.numTimeSteps);
    const losses: number[] = [];
    for await (const { meanLoss } of train({
      parameters: model.parameters,
      batches: { epoch: () => batches },
      loss: model.loss,
      optimizer,
      numEpochs: 1,
      maxGradientNorm: 1,
    })) {
      losses.push(meanLoss);
    }
    expect(losses).toHaveLength(200);
    for (const [step, lossNats] of losses.entries()) {
      expectClose([lossNats], [run.lossNats[step]!], { tolerance: 1e-3, label: "loss of a step", source });
    }
    optimizer.dispose();
    model.dispose();
  });
});
