import { sharedFile } from "@rnnkit/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { paddingShare, positionedBatches, seq2seqBatches } from "../src/index.ts";

const file = sharedFile("data/fra-eng/fra.txt.gz");

// The tokens are those of d2l, whose ids do not matter here; sources end in <eos>, targets have <bos> and <eos>.
const numTokens = (side: string): number => side.replaceAll(/(?<=[^ ])(?=[,.!?])/g, " ").split(" ").length;

describe.skipIf(!file.isPresent)(`the 167130 pairs of fra-eng at batch 64 (skipped where ${file.reason})`, () => {
  let pairs: { sources: Int32Array[]; targets: Int32Array[] };
  const options = { batchSize: 64, seed: 1, source: { padId: 1 }, target: { padId: 1 } };
  const share = (bucketBatches: number, index: number) =>
    paddingShare(seq2seqBatches(pairs, { ...options, bucketBatches }).epoch(index));

  beforeAll(() => {
    const lines = file
      .text()
      .replaceAll(/[\u202f\u00a0]/g, " ")
      .trimEnd()
      .split("\n");
    const sides = lines.map((line) => line.split("\t") as [string, string]);
    pairs = {
      sources: sides.map(([english]) => new Int32Array(numTokens(english) + 1)),
      targets: sides.map(([, french]) => new Int32Array(numTokens(french) + 2)),
    };
  });

  it("hold more than 50 % padding without buckets, and less than 10 % in buckets of 100 batches", () => {
    expect(pairs.sources).toHaveLength(167_130);
    for (const index of [0, 1]) {
      expect(share(1, index)).toBeGreaterThan(0.5);
      expect(share(100, index)).toBeLessThan(0.1);
    }
    expect(share(Infinity, 0)).toBeLessThan(0.01);
  });

  it("resume exactly in the middle of a bucketed epoch", () => {
    const batches = seq2seqBatches(pairs, { ...options, bucketBatches: 100 });
    const start = { epoch: 1, batch: 1234 };
    let [batch] = positionedBatches(batches, { start });
    expect(batch!.batch).toEqual(batches.epoch(1).at(1234));
    expect([...batches.epoch(1)][1234]).toEqual(batch!.batch);
  });
});
