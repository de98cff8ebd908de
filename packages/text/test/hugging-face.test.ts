import { Tokenizer } from "@huggingface/tokenizers";
import { golden, tokenizerContract } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { huggingFaceTokenizer, tokenizerFromJSON } from "../src/index.ts";

const { source, cases } = golden<
  readonly {
    readonly kind: string;
    readonly file: object;
    readonly encoded: readonly {
      readonly text: string;
      readonly addSpecialTokens: boolean;
      readonly ids: readonly number[];
      readonly tokens: readonly string[];
      readonly spans: readonly (readonly [start: number, end: number])[];
      readonly decoded: string;
    }[];
  }[]
>(import.meta.url, "hugging-face-tokenizers");

for (const { kind, file } of cases) {
  // Normalizers change texts, and what a file does not know is lost.
  tokenizerContract(`huggingFaceTokenizer(${kind})`, () => huggingFaceTokenizer(file, { Tokenizer }), {
    isStable: false,
    keepsText: false,
  });
}

describe.each(cases)("huggingFaceTokenizer($kind)", ({ file, encoded }) => {
  const makeTokenizer = (addSpecialTokens: boolean) => huggingFaceTokenizer(file, { Tokenizer, addSpecialTokens });

  it.each(encoded)(`encode($text), special tokens: $addSpecialTokens, equals ${source}`, (expected) => {
    const tokenizer = makeTokenizer(expected.addSpecialTokens);
    expect(tokenizer.encode(expected.text)).toEqual(expected.tokens);
    expect(expected.tokens.map((token) => tokenizer.tokens.indexOf(token))).toEqual(expected.ids);
  });

  it.each(encoded)(`encodeWithOffsets($text), special tokens: $addSpecialTokens, equals ${source}`, (expected) => {
    const found = makeTokenizer(expected.addSpecialTokens).encodeWithOffsets(expected.text);
    const places = found.map(({ token, start, end }) => (start === end ? [token] : [token, start, end]));
    const wanted = expected.spans.map(([start, end], i) => [
      expected.tokens[i],
      ...(start === end ? [] : [start, end]),
    ]);
    expect(places).toEqual(wanted);
  });

  it.each(encoded)(`decode(tokens of $text), special tokens: $addSpecialTokens, equals ${source}`, (expected) => {
    expect(makeTokenizer(false).decode(expected.tokens)).toBe(expected.decoded);
  });
});

const fileOf = (kind: string) =>
  structuredClone(cases.find((each) => each.kind === kind)!.file) as Record<string, unknown>;

describe("huggingFaceTokenizer", () => {
  const spansOf = (file: object, text: string) =>
    huggingFaceTokenizer(file, { Tokenizer })
      .encodeWithOffsets(text)
      .map(({ token, start, end }) => [token, text.slice(start, end)]);

  it("encodeWithOffsets(text) gives an accent that was composed to its letter", () => {
    expect(spansOf(fileOf("WordLevel"), "  THE Cafe\u0301 ")).toEqual([
      ["the", "THE"],
      ["café", "Cafe\u0301"],
    ]);
  });

  it("encodeWithOffsets(text) follows a normalizer that deletes and puts in", () => {
    const file = {
      ...fileOf("BPE with ends of words"),
      normalizer: {
        type: "Sequence",
        normalizers: [
          { type: "Strip", strip_left: true, strip_right: true },
          { type: "Replace", pattern: { Regex: " +" }, content: " " },
          { type: "Replace", pattern: { String: "&" }, content: " and " },
          { type: "Lowercase" },
        ],
      },
    };
    expect(spansOf(file, "   THE   was&a   ")).toEqual([
      ["the</w>", "THE"],
      ["was</w>", "was"],
      ["and</w>", "&"],
      ["a</w>", "a"],
    ]);
  });

  it("encodeWithOffsets(text) finds added tokens, also those that a normalizer changes, and the white space they strip", () => {
    const file = fileOf("WordPiece");
    const added = { single_word: false, special: false, lstrip: true, rstrip: true };
    const ids = { a: 500, b: 501 };
    file["added_tokens"] = [
      ...(file["added_tokens"] as object[]),
      { ...added, id: ids.a, content: "<Ab>", normalized: true },
      { ...added, id: ids.b, content: "<X.Y>", normalized: false },
    ];
    const tokenizer = huggingFaceTokenizer(file, { Tokenizer });
    const text = "was <aB> was  <X.Y>  a<x.y>";
    expect(tokenizer.encode(text).slice(0, 4)).toEqual(["was", "<Ab>", "was", "<X.Y>"]);
    expect(
      tokenizer
        .encodeWithOffsets(text)
        .slice(0, 5)
        .map(({ start, end }) => text.slice(start, end)),
    ).toEqual(["was", "<aB>", "was", "<X.Y>", "a"]);
    expect(tokenizer.tokens).toHaveLength(502);
    expect(tokenizer.tokens[ids.b]).toBe("<X.Y>");
  });

  it("encode and encodeWithOffsets leave out what a file without an unknown token does not know", () => {
    const file = fileOf("BPE with ends of words");
    file["model"] = { ...(file["model"] as object), unk_token: null };
    expect(spansOf(file, "the @the@ was")).toEqual([
      ["the</w>", "the"],
      ["t", "t"],
      ["h", "h"],
      ["e", "e"],
      ["was</w>", "was"],
    ]);
  });

  it("encode(text) throws a RangeError for an unknown word where words alone are known and none stands for others", () => {
    const file = fileOf("WordLevel");
    file["model"] = { ...(file["model"] as object), unk_token: "<none>" };
    const tokenizer = huggingFaceTokenizer(file, { Tokenizer });
    expect(tokenizer.encode("the time")).toEqual(["the", "time"]);
    expect(() => tokenizer.encode("the zebra")).toThrow(
      /^huggingFaceTokenizer.encode: text must hold known words alone/,
    );
  });

  it("decode(tokens) throws a RangeError for a token that the file does not have", () => {
    expect(() => huggingFaceTokenizer(fileOf("WordLevel"), { Tokenizer }).decode(["the", "zebra"])).toThrow(
      new RangeError('huggingFaceTokenizer.decode: tokens must be of the file, got "zebra"'),
    );
  });

  it.each(cases)(
    "tokenizerFromJSON(tokenizer.toJSON(), { Tokenizer }) is the tokenizer of $kind again",
    ({ file, encoded }) => {
      const original = huggingFaceTokenizer(file, { Tokenizer, addSpecialTokens: true });
      const rebuilt = tokenizerFromJSON(JSON.parse(JSON.stringify(original)), { Tokenizer });
      expect(rebuilt.toJSON()).toEqual(original.toJSON());
      for (const { text } of encoded) expect(rebuilt.encodeWithOffsets(text)).toEqual(original.encodeWithOffsets(text));
    },
  );

  it("tokenizerFromJSON(json) without the library says that there is no such tokenizer", () => {
    const json = huggingFaceTokenizer(fileOf("Unigram"), { Tokenizer }).toJSON();
    expect(() => tokenizerFromJSON(json)).toThrow(
      new RangeError('tokenizerFromJSON: a tokenizer of "hugging-face" needs the option Tokenizer, got none'),
    );
  });

  it.each([undefined, null, "{}", {}, { model: {} }, { model: null, added_tokens: [] }])(
    "refuses the file %j",
    (file) => {
      expect(() => huggingFaceTokenizer(file as object, { Tokenizer })).toThrow(
        new TypeError(
          "huggingFaceTokenizer: file must be the contents of a tokenizer.json, with model and added_tokens",
        ),
      );
    },
  );
});
