import { LanguageModel, type LanguageModelConfig } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose, golden } from "@rnnkit/testing";
import { adam, sgd, train } from "@rnnkit/training";
import { expect, it } from "vitest";
import { assignParameters } from "./assign-parameters.ts";
import { describeOnEveryBackend } from "./describe-on-every-backend.ts";
import { streamBatches } from "./stream-batches.ts";

interface GoldenCase {
  readonly name: string;
  readonly optimizer: "sgd" | "adam";
  readonly learningRate: number;
  readonly config: LanguageModelConfig;
  readonly numTimeSteps: number;
  readonly parameters: Record<string, { shape: number[]; values: number[] }>;
  readonly stream: number[][];
  readonly lossNats: number[];
  readonly gradientNorms: number[];
  readonly endParameters: Record<string, number[]>;
}

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "language-model");

describeOnEveryBackend(() => {
  it.each(cases)(`train(LanguageModel) follows ${source} step by step: $name`, async (testCase) => {
    const { config, learningRate, numTimeSteps, stream } = testCase;
    const model = new LanguageModel(config, { generator: xoshiro128(0) });
    expect(Object.keys(model.parameters)).toEqual(Object.keys(testCase.parameters));
    assignParameters(model, testCase.parameters);
    const batches = streamBatches(stream, numTimeSteps);
    const optimizer = { sgd, adam }[testCase.optimizer]({ learningRate });
    const reports = [];
    for await (const report of train({
      parameters: model.parameters,
      batches: { epoch: () => batches },
      loss: model.loss,
      optimizer,
      numEpochs: 1,
      maxGradientNorm: 1,
    })) {
      reports.push(report);
    }
    for (const [i, report] of reports.entries()) {
      expectClose([report.meanLoss], [testCase.lossNats[i]!], { tolerance: 1e-4, label: `loss ${i}`, source });
      expectClose([report.gradientNorm], [testCase.gradientNorms[i]!], {
        tolerance: 1e-3,
        label: `norm ${i}`,
        source,
      });
    }
    for (const [name, values] of Object.entries(testCase.endParameters)) {
      expectClose(model.parameters[name]!.dataSync(), values, { tolerance: 1e-3, label: name, source });
    }
    optimizer.dispose();
    model.dispose();
  });
});
