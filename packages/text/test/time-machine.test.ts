import { sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { characters, encodeCorpus, lettersOnlyLines, vocabulary, words } from "../src/index.ts";

const file = sharedFile("data/timemachine.txt");

// The numbers are those that d2l 0.17 prints for the book.
describe.skipIf(!file.isPresent)(`the Time Machine (skipped when ${file.reason})`, () => {
  const lines = file.isPresent ? lettersOnlyLines(file.text()) : [];

  it("lettersOnlyLines(text) has 3221 lines, 373 of them empty", () => {
    expect(lines).toHaveLength(3221);
    expect(lines.filter((line) => line === "")).toHaveLength(373);
  });

  it("words.encode(line) of lines 0 and 10 is what the book prints", () => {
    expect(words.encode(lines[0]!)).toEqual(["the", "time", "machine", "by", "h", "g", "wells"]);
    expect(words.encode(lines[10]!).join(" ")).toBe("twinkled and his usually pale face was flushed and animated the");
  });

  it.each([words, characters])(
    "encodeCorpus(lines, { tokenizer: $name }) has the ids of the vocabulary",
    (tokenizer) => {
      const tokens = lines.flatMap((line) => tokenizer.encode(line));
      const expected = vocabulary(tokens);
      const { ids, vocabulary: made } = encodeCorpus(lines, { tokenizer });
      expect(made.tokens).toEqual(expected.tokens);
      expect(ids).toEqual(expected.encode(tokens));
    },
  );

  it("vocabulary(characters) has 28 entries for 170580 characters, in d2l's order", () => {
    const tokens = characters.encode(lines.join(""));
    const vocab = vocabulary(tokens);
    expect(tokens).toHaveLength(170_580);
    expect(vocab.tokens.join("")).toBe("<unk> etainoshrdlmucfwgypbvkxzjq");
    expect(vocab.size).toBe(28);
    expect(characters.decode(vocab.decode(vocab.encode(tokens)))).toBe(lines.join(""));
  });

  it("vocabulary(words) has 4580 entries for 32775 words, in d2l's order", () => {
    const tokens = words.encode(lines.join(" "));
    const vocab = vocabulary(tokens);
    expect(tokens).toHaveLength(32_775);
    expect(vocab.size).toBe(4580);
    expect(vocab.tokens.slice(0, 10)).toEqual(["<unk>", "the", "i", "and", "of", "a", "to", "was", "in", "that"]);
    expect(vocab.frequencies.slice(0, 6)).toEqual([0, 2261, 1267, 1245, 1155, 816]);
    expect(vocab.frequencies.filter((frequency) => frequency === 1)).toHaveLength(2397);
  });
});
