import { sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { bpe, bpeMergesFromText, bpeMergesToText, tokenFrequencies, trainBpe, words } from "../src/index.ts";

const corpus = sharedFile("data/bpe/corpus.en");

describe.skipIf(!corpus.isPresent)(`the test data of subword-nmt (skipped when ${corpus.reason})`, () => {
  const text = corpus.isPresent ? corpus.text() : "";
  const codes = corpus.isPresent ? sharedFile("data/bpe/bpe.ref").text() : "";

  it("trainBpe(frequencies, { numMerges: 1000 }) learns the 1000 merges of bpe.ref, in order", () => {
    const merges = trainBpe(tokenFrequencies(words.encode(text)), { numMerges: 1000 });
    expect(merges).toEqual(bpeMergesFromText(codes));
    expect(bpeMergesToText(merges)).toBe(codes);
  });

  it("bpe(merges).encode(line) is the line of corpus.bpe.ref.en, for all lines", () => {
    const tokenizer = bpe(bpeMergesFromText(codes));
    const segmented = sharedFile("data/bpe/corpus.bpe.ref.en").text().split("\n");
    const lines = text.split("\n");
    expect(lines.map((line) => tokenizer.encode(line).join(" "))).toEqual(segmented);
    expect(lines.map((line) => tokenizer.decode(tokenizer.encode(line)))).toEqual(
      lines.map((line) => words.decode(words.encode(line))),
    );
  });
});
