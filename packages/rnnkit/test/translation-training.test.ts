import { useBackend } from "@rnnkit/backends";
import { greedy } from "@rnnkit/decoding";
import { EncoderDecoder, encoderDecoderLoss, encoderDecoderStepper } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { seq2seqBatches } from "@rnnkit/samplers";
import { sharedFile } from "@rnnkit/testing";
import { d2lTranslationText, tabSeparatedPairs, vocabulary } from "@rnnkit/text";
import { adam, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";

const FRA_ENG = sharedFile("data/fra-eng/fra.txt.gz");
const [PAD, BOS, EOS] = [1, 2, 3];
const RESERVED = ["<pad>", "<bos>", "<eos>"];

describe("d2l's translator of 601 pairs, as in the book", () => {
  const title = FRA_ENG.isPresent ? "" : ` (${FRA_ENG.reason})`;
  it.skipIf(!FRA_ENG.isPresent)(
    `train(EncoderDecoder) learns it by heart${title}`,
    async () => {
      const head = FRA_ENG.text().split("\n", 601).join("\n");
      const pairs = tabSeparatedPairs(d2lTranslationText(head)).map(({ source, target }) => ({
        source: source.split(" "),
        target: target.split(" "),
      }));
      const options = { minFrequency: 2, reserved: RESERVED };
      const english = vocabulary(
        pairs.flatMap(({ source }) => source),
        options,
      );
      const french = vocabulary(
        pairs.flatMap(({ target }) => target),
        options,
      );
      const batches = seq2seqBatches(
        {
          sources: pairs.map(({ source }) => [...english.encode(source), EOS]),
          targets: pairs.map(({ target }) => [BOS, ...french.encode(target), EOS]),
        },
        { batchSize: 64, seed: 1, source: { padId: PAD, length: 10 }, target: { padId: PAD, length: 10 } },
      );
      await useBackend({ name: "rnnkit-simd" });
      const model = new EncoderDecoder(
        {
          ...{ sourceVocabSize: english.size, targetVocabSize: french.size, kind: "gru", embeddingSize: 32 },
          ...{ hiddenSize: 32, numLayers: 2, dropout: 0.1, readsPadding: true },
        },
        { generator: xoshiro128(1), initialization: "xavier" },
      );
      expect([english.size, french.size]).toEqual([184, 201]);
      const loss = encoderDecoderLoss(model, { objective: "d2l" });
      const optimizer = adam({ learningRate: 0.005 });
      const losses: number[] = [];
      for await (const { meanLoss } of train({
        parameters: model.parameters,
        batches,
        loss,
        optimizer,
        maxGradientNorm: 1,
        numEpochs: 100,
        reportEvery: 50,
      })) {
        losses.push(meanLoss);
      }
      const translate = async (text: string) => {
        const ids = Int32Array.from([...english.encode(text.split(" ")), EOS]);
        const source = Int32Array.from({ length: 10 }, (_, i) => ids[i] ?? PAD);
        const stepper = encoderDecoderStepper(model, {
          ...{ sources: source, sourceShape: [1, 10], sourceLengths: Int32Array.of(ids.length) },
        });
        const { tokens } = await greedy(stepper, { prompt: [BOS], maxLength: 10, endTokens: [EOS] });
        return french.decode([...tokens].filter((token) => token !== EOS)).join(" ");
      };
      expect(await translate("go .")).toBe("va !");
      expect(losses.at(-1)).toBeLessThan(0.5);
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 5);
      optimizer.dispose();
      model.dispose();
      await tf.setBackend("cpu");
    },
    60_000,
  );
});
