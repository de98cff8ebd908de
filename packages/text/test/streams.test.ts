import { sharedFile } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bpe,
  bytes,
  characters,
  cleanStream,
  countStream,
  graphemes,
  idStream,
  lettersOnly,
  lettersOnlyLines,
  lineStream,
  recutStream,
  regexTokenizer,
  splitLines,
  textStream,
  tokenStream,
  treebank,
  vocabulary,
  vocabularyFromCounts,
  words,
} from "../src/index.ts";
import { anyChunks, collected, delayed, streamTexts } from "./any-chunks.ts";
import { contents } from "./any-vocabulary.ts";

describe("splitLines", () => {
  it.each([
    ["", []],
    ["\n", [""]],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\r\nb\rc\nd", ["a", "b", "c", "d"]],
    ["\r\n\n\r", ["", "", ""]],
    ["a\u2028b\u0085c\vd", ["a\u2028b\u0085c\vd"]],
  ])("splitLines(%j) is %j", (text, lines) => {
    expect(splitLines(text)).toEqual(lines);
  });
});

describe("textStream", () => {
  const encoder = new TextEncoder();

  it("textStream(bytes) is what they encode, however they are cut", async () => {
    const encoded = fc.string({ unit: "binary" }).map((text) => encoder.encode(text));
    await fc.assert(
      fc.asyncProperty(anyChunks(encoded), async (chunks) => {
        const expected = new TextDecoder().decode(Buffer.concat(chunks));
        expect((await collected(textStream(delayed(chunks)))).join("")).toBe(expected);
      }),
    );
  });

  it("textStream(bytes) takes and refuses the bytes that the platform's decoder does, and finds the place", async () => {
    const any = fc
      .array(
        fc.oneof(
          fc.constantFrom([0xe0], [0xed], [0xf0], [0xf4], [0xf5], [0xc1], [0xc2], [0xff], [0x80], [0xef, 0xbb, 0xbf]),
          fc.array(fc.constantFrom(0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xbe), { maxLength: 3 }),
          fc.string({ unit: "binary", maxLength: 1 }).map((text) => [...encoder.encode(text)]),
        ),
      )
      .map((parts) => Uint8Array.from(parts.flat()));
    await fc.assert(
      fc.asyncProperty(anyChunks(any), async (chunks) => {
        const decoded = async () => (await collected(textStream(chunks))).join("");
        const platform = async () => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
        expect(await decoded().catch(() => "refused")).toBe(await platform().catch(() => "refused"));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [[0x61, 0xff], "got 0xff at byte 1"],
    [[0x61, 0x80], "got 0x80 at byte 1"],
    [[0xc3, 0x28], "got 0x28 at byte 1"],
    [[0xe2, 0x82], "got the end amid a character, after byte 1"],
    [[0xc0, 0xaf], "got 0xc0 at byte 0"],
    [[0xed, 0xa0, 0x80], "got 0xa0 at byte 1"],
    [[0xf4, 0x90, 0x80, 0x80], "got 0x90 at byte 1"],
  ])("textStream(%j) throws a RangeError, also where the bytes come one by one", async (whole, got) => {
    const error = new RangeError(`textStream: bytes must be UTF-8, ${got}`);
    await expect(collected(textStream([Uint8Array.from(whole)]))).rejects.toThrow(error);
    await expect(collected(textStream(whole.map((byte) => Uint8Array.of(byte))))).rejects.toThrow(error);
  });

  it("textStream(bytes) drops one byte order mark, at the beginning alone", async () => {
    const chunks = [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x61].map((byte) => Uint8Array.of(byte));
    expect((await collected(textStream(chunks))).join("")).toBe("\ufeffa");
  });

  it("textStream(bytes) has long chunks too", async () => {
    const text = "abcdefghé".repeat(10_000);
    expect((await collected(textStream([encoder.encode(text)]))).join("")).toBe(text);
  });

  it("textStream(strings) throws a TypeError", async () => {
    await expect(collected(textStream(["text"] as unknown as Uint8Array[]))).rejects.toThrow(
      new TypeError("textStream: chunks must be of bytes in a Uint8Array, got string"),
    );
  });
});

describe("lineStream", () => {
  it("lineStream(chunks) has the lines of the whole, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), async (chunks) => {
        expect((await collected(lineStream(delayed(chunks)))).flat()).toEqual(splitLines(chunks.join("")));
      }),
    );
  });
});

describe("cleanStream", () => {
  it("cleanStream(chunks, clean) cleans each line by itself, however the text is cut", async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), fc.constantFrom("\n", " ", ""), async (chunks, lineEnd) => {
        const clean = (line: string) => `<${lettersOnly(line).trim()}>`;
        const expected = splitLines(chunks.join("")).map((line) => clean(line) + lineEnd);
        const cleaned = await collected(cleanStream(delayed(chunks), clean, { lineEnd }));
        expect(cleaned.join("")).toBe(expected.join(""));
      }),
    );
  });
});

describe("recutStream", () => {
  it("recutStream(chunks, cut) keeps the text, and cuts where it may", async () => {
    const afterSpace = (text: string) => text.lastIndexOf(" ") + 1;
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), async (chunks) => {
        const recut = await collected(recutStream(delayed(chunks), afterSpace));
        expect(recut.join("")).toBe(chunks.join(""));
        for (const piece of recut.slice(0, -1)) expect(piece.endsWith(" ")).toBe(true);
      }),
    );
  });

  it("recutStream(chunks, cut) asks a stretch without a cut again only when it has doubled", async () => {
    const asked: number[] = [];
    const never = (text: string) => (asked.push(text.length), 0);
    expect(await collected(recutStream(Array(100).fill("a"), never))).toEqual(["a".repeat(100)]);
    expect(asked).toEqual([1, 2, 4, 8, 16, 32, 64]);
  });

  it("recutStream(chunks, cut) lets a step on a whole text work on a stream: d2l 1.0's cleaning across lines", async () => {
    const beforeLastWord = (text: string) => Math.max(0, text.search(/(?<=[^A-Za-z])[A-Za-z]+[^A-Za-z]*$/));
    const texts = fc.string({ unit: fc.constantFrom("a", "B", " ", "\n", "é", ".") });
    await fc.assert(
      fc.asyncProperty(anyChunks(texts), async (chunks) => {
        const recut = await collected(recutStream(chunks, beforeLastWord));
        expect(recut.map(lettersOnly).join("")).toBe(lettersOnly(chunks.join("")));
      }),
    );
  });
});

const SETTLED = [characters, graphemes, bytes, words, bpe([["a", "b"]])];
const BY_LINE = [treebank, regexTokenizer(/\w+|[^\w\s]/)];

describe("tokenStream", () => {
  it.each(SETTLED)("tokenStream(chunks, $name) has the tokens of the whole, however it is cut", async (tokenizer) => {
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), async (chunks) => {
        const tokens = (await collected(tokenStream(delayed(chunks), tokenizer))).flat();
        expect(tokens).toEqual(tokenizer.encode(chunks.join("")));
      }),
      { numRuns: 500 },
    );
  });

  it.each(BY_LINE)("tokenStream(chunks, $name) has the tokens of each line, however it is cut", async (tokenizer) => {
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), async (chunks) => {
        const tokens = (await collected(tokenStream(delayed(chunks), tokenizer))).flat();
        expect(tokens).toEqual(splitLines(chunks.join("")).flatMap((line) => tokenizer.encode(line)));
      }),
    );
  });

  it.each([[SETTLED, "function"] as const, [BY_LINE, "undefined"] as const])(
    "settledEnd is there for the tokenizers of the first table, and for none of the second",
    (tokenizers, kind) => {
      for (const tokenizer of tokenizers) expect(typeof tokenizer.settledEnd).toBe(kind);
    },
  );
});

describe("countStream and idStream", () => {
  it("countStream(chunks) and idStream(chunks) make the vocabulary and the ids that the whole text has", async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), fc.constantFrom(characters, words), async (chunks, tokenizer) => {
        const tokens = tokenizer.encode(chunks.join(""));
        fc.pre(tokens.length > 0);
        const counter = await countStream(delayed(chunks), { tokenizer });
        const vocab = vocabularyFromCounts(counter, { minFrequency: 2 });
        expect(contents(vocab)).toEqual(contents(vocabulary(tokens, { minFrequency: 2 })));
        const ids = await collected(idStream(delayed(chunks), { tokenizer, vocabulary: vocab }));
        expect(ids.flatMap((part) => [...part])).toEqual([...vocab.encode(tokens)]);
        expect(counter.total).toBe(tokens.length);
      }),
    );
  });

  const file = sharedFile("data/timemachine.txt");
  it.skipIf(!file.isPresent)(
    `countStream(chunks) and idStream(chunks) have the book's 170580 characters and 28 ids (skipped when ${file.reason})`,
    async () => {
      const encoded = new TextEncoder().encode(file.text());
      const chunks = Array.from({ length: Math.ceil(encoded.length / 1000) }, (_, i) =>
        encoded.slice(1000 * i, 1000 * i + 1000),
      );
      const cleaned = () =>
        cleanStream(textStream(delayed(chunks)), (line) => lettersOnly(line).trim(), { lineEnd: "" });
      const vocab = vocabularyFromCounts(await countStream(cleaned(), { tokenizer: characters }));
      const ids = await collected(idStream(cleaned(), { tokenizer: characters, vocabulary: vocab }));
      expect(vocab.size).toBe(28);
      expect(ids.reduce((sum, part) => sum + part.length, 0)).toBe(170_580);
      const whole = lettersOnlyLines(file.text()).join("");
      expect(ids.flatMap((part) => vocab.decode(part)).join("")).toBe(whole);
    },
  );
});

describe("a stream", () => {
  it.each([
    ["recutStream", (chunks: AsyncIterable<string>) => recutStream(chunks, (text) => text.length)],
    ["lineStream", lineStream],
    ["cleanStream", (chunks: AsyncIterable<string>) => cleanStream(chunks, (line) => line)],
    ["tokenStream", (chunks: AsyncIterable<string>) => tokenStream(chunks, words)],
  ])("%s that is left early closes its source, and one that fails hands on the error", async (_, make) => {
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield "line\n";
      } finally {
        isClosed = true;
      }
    }
    for await (const part of make(source())) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(isClosed).toBe(true);

    async function* failing(): AsyncGenerator<string, void> {
      yield "a\n";
      throw new Error("the disk is gone");
    }
    await expect(collected<unknown>(make(failing()))).rejects.toThrow("the disk is gone");
  });

  it.each([
    ["a number", 7],
    ["bytes", new Uint8Array(1)],
    ["undefined", undefined],
  ])("of text refuses %s", async (_, chunk) => {
    await expect(collected(lineStream(["a", chunk as unknown as string]))).rejects.toThrow(
      new TypeError(`recutStream: chunks must be strings, got ${typeof chunk}; textStream decodes bytes`),
    );
  });

  it("without text has no lines and no tokens", async () => {
    expect(await collected(lineStream([]))).toEqual([]);
    expect(await collected(tokenStream(["", ""], words))).toEqual([]);
    expect(await collected(tokenStream([" ", "\n"], treebank))).toEqual([]);
    expect((await countStream([" "], { tokenizer: words })).total).toBe(0);
  });
});
