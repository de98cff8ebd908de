import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tmxPairs, tmxPairStream } from "../src/index.ts";
import { anyChunks, collected, delayed } from "./any-chunks.ts";

const unit = (...variants: readonly (readonly [language: string, segment: string])[]) =>
  `<tu>${variants.map(([language, segment]) => `<tuv xml:lang="${language}"><seg>${segment}</seg></tuv>`).join("")}</tu>`;
const document = (...units: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header srclang="en"/>` +
  `<body>\n${units.join("\n")}\n</body></tmx>\n`;
const FRENCH = { source: "en", target: "fr" };

const MEMORY = `\ufeff<?xml version="1.0"?>
<!-- made by > hand -->
<tmx version='1.4'>
  <header creationtool="none" srclang="en-US" note='a "quoted" > sign'>
    <note>not a <![CDATA[<seg>]]></note><prop type="x">y</prop>
  </header>
  <body>
    <tu tuid="1" srclang="*all*">
      <note>a note</note>
      <tuv xml:lang="EN-US"><prop type="p">no text</prop><seg>Text in <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b></ept>.</seg></tuv>
      <tuv xml:lang="fr_FR" changeid="x"><seg>Texte en <hi type="term">gras<ph x="1">{1<sub>sous-texte</sub>}</ph></hi>.</seg></tuv>
      <tuv xml:lang="de"><seg>Fetter Text.</seg></tuv>
    </tu>
    <tu><tuv lang="en"><seg>AT&amp;T &#233;&#x1F600; &quot;q&apos;</seg></tuv><tuv lang="FR"><seg><![CDATA[<a> & b]]> c</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>no French</seg></tuv></tu>
    <tu><tuv xml:lang="fr-CA"><seg>char</seg></tuv><tuv xml:lang="fr"><seg>voiture</seg></tuv><tuv xml:lang="en"><seg>car</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg/></tuv><tuv xml:lang="fr"><seg> deux\r\nlignes </seg></tuv></tu>
  </body>
</tmx>
<!-- the end -->
`;
const PAIRS = [
  { source: "Text in bold.", target: "Texte en gras." },
  { source: "AT&T é😀 \"q'", target: "<a> & b c" },
  { source: "car", target: "voiture" },
  { source: "", target: " deux\nlignes " },
];

describe("tmxPairs", () => {
  it("tmxPairs(text, languages) takes the text of segments, and nothing else", () => {
    expect(tmxPairs(MEMORY, FRENCH)).toEqual(PAIRS);
    expect(tmxPairs(MEMORY, { source: "de", target: "EN-us" })).toEqual([
      { source: "Fetter Text.", target: "Text in bold." },
    ]);
    expect(tmxPairs(MEMORY, { source: "fr-ca", target: "fr" })).toEqual([{ source: "char", target: "voiture" }]);
  });

  it("tmxPairStream(chunks, languages) has the same pairs, however the text is cut", async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks(fc.constant(MEMORY)), async (chunks) => {
        expect((await collected(tmxPairStream(delayed(chunks), FRENCH))).flat()).toEqual(PAIRS);
      }),
    );
    expect((await collected(tmxPairStream(Array.from(MEMORY), FRENCH))).flat()).toEqual(PAIRS);
  });

  it("tmxPairs(text, languages) gives any text back that was escaped", () => {
    const legal = fc
      .string({ unit: "binary" })
      .map((text) => text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""));
    const escape = (text: string) =>
      text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll("\r", "");
    fc.assert(
      fc.property(fc.array(fc.tuple(legal, legal), { minLength: 1 }), (pairs) => {
        const text = document(...pairs.map(([en, fr]) => unit(["en", escape(en)], ["fr", escape(fr)])));
        expect(tmxPairs(text, FRENCH)).toEqual(pairs.map(([source, target]) => ({ source, target })));
      }),
    );
  });

  const good = unit(["en", "a"], ["fr", "b"]);
  const inSegment = (content: string) => document(good, unit(["en", content], ["fr", "b"]));
  const xml = "text must be well-formed XML, got";
  it.each(
    [
      ["", `${xml} no element in line 1`],
      ["Go.\tVa !", `${xml} the end amid text or markup in line 1`],
      ["text <tmx/>", `${xml} text outside of the root element in line 1`],
      ["<html></html>", "text must be a TMX document, got <html> in line 1"],
      ["<tmx>\n</body></tmx>", `${xml} </body> for </tmx> in line 2`],
      ["<tmx></tmx></tmx>", `${xml} </tmx> alone in line 1`],
      ["<tmx></tmx>\n<tmx></tmx>", `${xml} <tmx> after the root element in line 2`],
      ["<tmx><body>\n", `${xml} the end before </body> in line 2`],
      ["<tmx><body", `${xml} the end before </tmx> in line 1`],
      ["<tmx", `${xml} the end amid text or markup in line 1`],
      ["<tmx></tmx> more", `${xml} the end amid text or markup in line 1`],
      ["<!DOCTYPE tmx [<!ENTITY x 'y'>]><tmx/>", `${xml} a DTD of its own in line 1`],
      ["<tmx/><!DOCTYPE tmx>", `${xml} <!DOCTYPE tmx> in line 1`],
      ["<1tmx/>", `${xml} <1tmx> in line 1`],
      ["<tmx a=1/>", `${xml} a=1 in a tag in line 1`],
      ["<tmx a='1'b='2'/>", `${xml} b='2' in a tag in line 1`],
      ["<tmx a='1' a='2'/>", `${xml} the attribute a twice in line 1`],
      ["<tmx a='<'/>", `${xml} < inside of a tag in line 1`],
      ["<!-- a -- b --><tmx/>", `${xml} -- in a comment in line 1`],
      [inSegment("&nbsp;"), `${xml} &nbsp; in line 5`],
      [inSegment("AT&T"), `${xml} &T in line 5`],
      [inSegment("a & b"), `${xml} & in line 5`],
      [inSegment("&#0;"), `${xml} &#0; in line 5`],
      [inSegment("&#xD800;"), `${xml} &#xD800; in line 5`],
      [inSegment("&#x110000;"), `${xml} &#x110000; in line 5`],
      [inSegment("&#9"), `${xml} &#9 in line 5`],
      [inSegment("&constructor;"), `${xml} &constructor; in line 5`],
      [inSegment("a\u0001b"), `${xml} the character "\\u0001" in line 5`],
      [inSegment("a ]]> b"), `${xml} ]]> in text in line 5`],
      [inSegment("a < b"), `${xml} < inside of a tag in line 5`],
      [inSegment("<b>bold</b>"), "a segment must hold TMX elements only, got <b> in line 5"],
      [document("<tu><tuv><seg>a</seg></tuv></tu>"), "each <tuv> must have xml:lang, got none in line 4"],
      [document("<tu><seg>a</seg></tu>"), "<seg> must stand in <tuv>, got it in <tu> in line 4"],
      [document(), "text must hold units in en and fr, got no language"],
      [document(unit(["en-GB", "a"], ["de", "b"])), "text must hold units in en and fr, got de, en-GB"],
    ].map(([text, message]) => [message, text] as const),
  )(
    "tmxPairs(text, languages) throws a RangeError, and so does the stream of single characters: %s",
    async (message = "", text = "") => {
      expect(() => tmxPairs(text, FRENCH)).toThrow(new RangeError(`tmxPairs: ${message}`));
      await expect(collected(tmxPairStream(Array.from(text), FRENCH))).rejects.toThrow(
        new RangeError(`tmxPairStream: ${message}`),
      );
    },
  );

  it.each(["", undefined, 7])("tmxPairs(text, { source: %j }) throws a RangeError", (source) => {
    expect(() => tmxPairs(document(good), { source: source as string, target: "fr" })).toThrow(
      new RangeError(`tmxPairs: source and target must be languages such as "en", got ${JSON.stringify(source)}`),
    );
  });

  it("tmxPairs(bytes) and tmxPairStream(bytes) throw a TypeError", async () => {
    const bytes = new Uint8Array(1) as unknown as string;
    expect(() => tmxPairs(bytes, FRENCH)).toThrow(new TypeError("tmxPairs: text must be a string, got object"));
    await expect(collected(tmxPairStream([bytes], FRENCH))).rejects.toThrow(
      new TypeError("tmxPairStream: chunks must be strings, got object; textStream decodes bytes"),
    );
  });

  it("tmxPairStream(chunks) gives pairs before all is read", async () => {
    async function* source() {
      yield document(good).slice(0, -5);
      throw new Error("the connection is gone");
    }
    const seen: unknown[] = [];
    await expect(
      (async () => {
        for await (const pairs of tmxPairStream(source(), FRENCH)) seen.push(...pairs);
      })(),
    ).rejects.toThrow("the connection is gone");
    expect(seen).toEqual([{ source: "a", target: "b" }]);
  });
});
