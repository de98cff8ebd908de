import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stopAtStrings, streamText, type StreamedToken, textStreamer } from "../../src/index.ts";

/** Ids are the bytes of UTF-8, so that a token may be a quarter of a character. */
const decodeBytes = (ids: Int32Array) => new TextDecoder().decode(Uint8Array.from(ids));
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];
const graphemesOf = (text: string) =>
  Array.from(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text), ({ segment }) => segment);

function stream(ids: readonly number[], options: Parameters<typeof textStreamer>[0]): string[] {
  const streamer = textStreamer(options);
  return [...ids.map((id) => streamer.push(id)), streamer.end()];
}

describe("textStreamer", () => {
  it.each([
    { name: "ASCII", text: "abc", pieces: ["", "a", "b", "c"] },
    { name: "nothing", text: "", pieces: [""] },
    { name: "two bytes", text: "éa", pieces: ["", "", "é", "a"] },
    { name: "a combining accent", text: "e\u0301x", pieces: ["", "", "", "e\u0301", "x"] },
    { name: "an emoji of four bytes", text: "😀!", pieces: ["", "", "", "", "😀", "!"] },
    { name: "a line end of two characters", text: "a\r\nb", pieces: ["", "a", "", "\r\n", "b"] },
  ])("textStreamer({ decode }) of the bytes of $name gives whole graphemes", ({ text, pieces }) => {
    expect(stream(bytesOf(text), { decode: decodeBytes })).toEqual(pieces);
  });

  it.each(["👩‍👩‍👧‍👦 family", "🇩🇪🇫🇷 flags", "👍🏽 skin", "நி நி", "각각", "z̷̢̛a̶l̴g̵o", "नमस्ते"])(
    "textStreamer({ decode }) of the bytes of %s splits no grapheme, and loses nothing",
    (text) => {
      const pieces = stream(bytesOf(text), { decode: decodeBytes });
      expect(pieces.join("")).toBe(text);
      expect(pieces.flatMap(graphemesOf)).toEqual(graphemesOf(text));
    },
  );

  it("textStreamer({ decode }) of any text splits no grapheme, whatever its tokens are", () => {
    const anything = fc.array(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 4 }),
        fc.string({ unit: "grapheme", maxLength: 4 }),
        fc.constantFrom("\u0301", "\u200d", "👩", "🇩", "\r", "\n", "\u0e33", "\uD83D", "\uFFFD"),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anything, (tokens) => {
        const decode = (ids: Int32Array) => Array.from(ids, (id) => tokens[id]).join("");
        const pieces = stream([...tokens.keys()], { decode });
        expect(pieces.join("")).toBe(tokens.join(""));
        expect(pieces.flatMap(graphemesOf)).toEqual(graphemesOf(tokens.join("")));
      }),
      { numRuns: 500 },
    );
  });

  it("textStreamer({ decode }) shows bytes that never become a character at the end", () => {
    expect(stream([0x61, 0xe2, 0x82], { decode: decodeBytes })).toEqual(["", "", "", "a\uFFFD"]);
  });

  it("textStreamer({ decode }) lets decode rewrite what is not final", () => {
    const texts = ["c", "caf", "cafe", "café", "café au"]; // as a tokenizer that corrects its last letter
    const decode = (ids: Int32Array) => texts[ids.length - 1]!;
    expect(stream([0, 0, 0, 0, 0], { decode })).toEqual(["", "ca", "f", "", "é a", "u"]);
  });

  it("textStreamer({ decode }) throws when decode takes back what is final", () => {
    const streamer = textStreamer({ decode: (ids) => (ids.length < 3 ? "abc" : "xbc") });
    streamer.push(0);
    streamer.push(0);
    expect(() => streamer.push(0)).toThrow('textStreamer: decode must keep the text "ab", got "xbc"');
  });

  it.each([
    { stops: ["b"], text: "abc", shown: "a" },
    { stops: ["bc", "b"], text: "abc", shown: "a" },
    { stops: ["\n\n"], text: "one\ntwo\n\nthree", shown: "one\ntwo" },
    { stops: ["END", "STOP"], text: "END", shown: "" },
    { stops: ["STOP"], text: "ST ST STO", shown: "ST ST STO" },
    { stops: ["aab"], text: "aaaab", shown: "aa" },
    { stops: ["é"], text: "café", shown: "caf" },
  ])("textStreamer({ stopStrings: $stops }) of $text shows $shown", ({ stops, text, shown }) => {
    const streamer = textStreamer({ decode: decodeBytes, stopStrings: stops });
    let seen = "";
    for (const id of bytesOf(text)) seen += streamer.push(id);
    expect(streamer.isStopped).toBe(shown !== text);
    expect(seen + streamer.end()).toBe(shown);
  });

  it("textStreamer({ stopStrings }) of any text shows what is before the first of them, never a part of it", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 20 });
    const stop = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(letters, fc.array(stop, { maxLength: 3 }), fc.integer({ min: 1, max: 4 }), (text, stops, size) => {
        const tokens = text.match(new RegExp(`.{1,${size}}`, "gu")) ?? [];
        const decode = (ids: Int32Array) => Array.from(ids, (id) => tokens[id]).join("");
        const streamer = textStreamer({ decode, stopStrings: stops });
        let read = 0;
        let shown = "";
        while (read < tokens.length && !streamer.isStopped) shown += streamer.push(read++);
        shown += streamer.end();
        // The first to be completed by a token; the tokens after that one are never read.
        const seen = tokens.slice(0, read).join("");
        const starts = stops.map((string) => seen.indexOf(string)).filter((start) => start >= 0);
        expect(shown).toBe(seen.slice(0, Math.min(...starts, seen.length)));
        expect(streamer.isStopped).toBe(starts.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it("textStreamer({ stopStrings: [''] }) throws", () => {
    expect(() => textStreamer({ decode: decodeBytes, stopStrings: ["a", ""] })).toThrow(
      new RangeError("textStreamer: stopStrings must not be empty, got an empty one at index 1"),
    );
  });
});

async function* tokensOf(text: string, last: StreamedToken["stopReason"]): AsyncGenerator<StreamedToken> {
  const ids = bytesOf(text);
  for (const [i, token] of ids.entries()) {
    yield { token, logProbability: 0 as never, stopReason: i === ids.length - 1 ? last : undefined };
  }
}

describe("streamText", () => {
  it.each([
    { text: "né à", last: "length", stops: [], pieces: ["n", "é", " ", "à"] },
    { text: "ab.", last: "end token", stops: [], pieces: ["a", "b"] },
    { text: ".", last: "end token", stops: [], pieces: [] },
    { text: "a, b, c", last: "length", stops: [", c"], pieces: ["a", ", ", "b"] },
  ] as const)("streamText of $text, with stopStrings $stops, gives $pieces", async ({ text, last, stops, pieces }) => {
    const seen = [];
    const options = { decode: decodeBytes, stopStrings: stops };
    for await (const piece of streamText(tokensOf(text, last), options)) seen.push(piece);
    expect(seen).toEqual(pieces);
  });
});

describe("stopAtStrings", () => {
  it.each([
    { text: "", holds: false },
    { text: "Q: ", holds: false },
    { text: "A: yes\nQ", holds: false },
    { text: "A: yes\nQ:", holds: true },
    { text: "A: yes\nQ: what", holds: true },
    { text: "A: yes###", holds: true },
  ])("stopAtStrings(strings, decode) of $text is $holds", ({ text, holds }) => {
    expect(stopAtStrings(["\nQ:", "###"], decodeBytes)(Int32Array.from(bytesOf(text)))).toBe(holds);
  });

  it("stopAtStrings(['']) throws", () => {
    expect(() => stopAtStrings([""], decodeBytes)).toThrow(
      new RangeError("stopAtStrings: stopStrings must not be empty, got an empty one at index 0"),
    );
  });
});
