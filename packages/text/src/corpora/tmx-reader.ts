import type { SentencePair } from "./sentence-pair.ts";
import { xmlReader } from "./xml-reader.ts";

/** The two languages to take out of a translation memory, which may have more. */
export interface TMXLanguages {
  /** As `en`, for which `en-GB` will do too, or `en-GB`; upper and lower case are the same. */
  readonly source: string;
  readonly target: string;
}

/** Reads a translation memory part by part. */
export interface TmxReader {
  /** The pairs that the part completes. */
  push(part: string): SentencePair[];
  /** The last pairs. @throws RangeError when the document is not complete, or had no pair. */
  end(): SentencePair[];
}

interface Variant {
  readonly language: string;
  text: string;
}

const NATIVE_CODES = new Set(["bpt", "ept", "it", "ph", "ut"]);

/** `caller` is the public function, for the messages. */
export function tmxReader(caller: string, { source, target }: TMXLanguages): TmxReader {
  const wanted = [source, target].map((language) => {
    if (typeof language === "string" && language !== "") return normalized(language);
    throw new RangeError(
      `${caller}: source and target must be languages such as "en", got ${JSON.stringify(language)}`,
    );
  });
  const xml = xmlReader(caller, { open: openElement, close: closeElement, text: addText });
  const open: string[] = [];
  const languages = new Set<string>();
  let pairs: SentencePair[] = [];
  let hadPairs = false;
  let variants: Variant[] = [];
  let segmentDepth = 0; // of the <seg> that is open, 0 outside
  let codeDepth = 0; // of the outermost native code in it, 0 outside

  function openElement(name: string, attributes: ReadonlyMap<string, string>): void {
    const parent = open.at(-1);
    open.push(name);
    if (parent === undefined && name !== "tmx") throw xml.error("text must be a TMX document", `<${name}>`);
    if (segmentDepth > 0) {
      if (NATIVE_CODES.has(name)) codeDepth ||= open.length;
      else if (name !== "hi" && name !== "sub") throw xml.error("a segment must hold TMX elements only", `<${name}>`);
    } else if (name === "tu") {
      variants = [];
    } else if (name === "tuv") {
      const language = attributes.get("xml:lang") ?? attributes.get("lang");
      if (language === undefined) throw xml.error("each <tuv> must have xml:lang", "none");
      languages.add(language);
      variants.push({ language: normalized(language), text: "" });
    } else if (name === "seg") {
      if (parent !== "tuv") throw xml.error("<seg> must stand in <tuv>", `it in <${parent}>`);
      segmentDepth = open.length;
    }
  }

  function addText(text: string): void {
    if (segmentDepth > 0 && codeDepth === 0) variants.at(-1)!.text += text;
  }

  function closeElement(name: string): void {
    if (open.length === segmentDepth) segmentDepth = 0;
    if (open.length === codeDepth) codeDepth = 0;
    open.pop();
    if (name !== "tu") return;
    const [from, to] = wanted.map((language) => variantIn(variants, language));
    if (from && to) pairs.push({ source: from.text, target: to.text });
  }

  function taken(): SentencePair[] {
    const complete = pairs;
    pairs = [];
    hadPairs ||= complete.length > 0;
    return complete;
  }

  return {
    push(part) {
      xml.push(part);
      return taken();
    },
    end() {
      xml.end();
      const last = taken();
      if (hadPairs) return last;
      const found = [...languages].sort().join(", ") || "no language";
      throw new RangeError(`${caller}: text must hold units in ${source} and ${target}, got ${found}`);
    },
  };
}

/** The variant in just that language, or else the first in a form of it. */
function variantIn(variants: readonly Variant[], wanted: string): Variant | undefined {
  return (
    variants.find(({ language }) => language === wanted) ??
    variants.find(({ language }) => language.startsWith(`${wanted}-`))
  );
}

function normalized(language: string): string {
  return language.toLowerCase().replaceAll("_", "-");
}
