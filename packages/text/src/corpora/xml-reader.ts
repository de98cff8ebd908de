import { decodeXmlText, xmlAttributes } from "./xml-text.ts";

/** What an XML document is made of, in its order; an empty element opens and closes. */
export interface XmlHandler {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  /** Text inside of an element, which may come in several pieces. */
  text(text: string): void;
}

/** Reads an XML document part by part, and tells its handler what is complete. */
export interface XmlReader {
  /** @throws RangeError when the document is not well-formed; the message names the line. */
  push(part: string): void;
  /** @throws RangeError when the document is not complete. */
  end(): void;
  /** An error at what the handler is being told. */
  error(rule: string, got: string): RangeError;
}

const NAME = /^[\p{L}_:][\p{L}\p{M}\p{N}_:.\u00b7-]*$/u;
const SECTIONS = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;

/**
 * A strict reader of XML without a DTD of its own: elements, attributes, text, CDATA, comments, processing instructions, the
 * five entities of XML and character references.
 *
 * @param caller the public function, for the messages.
 */
export function xmlReader(caller: string, handler: XmlHandler): XmlReader {
  let waiting = "";
  let enough = 0; // characters: with fewer, what is not complete would be searched again in vain
  let position = 0; // in `waiting`, of what is being read
  let line = 1; // of the beginning of `waiting`
  let isBeginning = true;
  let hasRoot = false;
  const open: string[] = [];

  function error(rule: string, got: string): RangeError {
    return new RangeError(`${caller}: ${rule}, got ${got} in line ${line + numLineEnds(waiting.slice(0, position))}`);
  }
  const malformed = (got: string): RangeError => error("text must be well-formed XML", got);

  function readText(text: string): void {
    if (open.length > 0) handler.text(text);
    else if (/[^ \t\r\n]/.test(text)) throw malformed("text outside of the root element");
  }

  function closeElement(name: string): void {
    const expected = open.pop();
    if (expected !== name) throw malformed(`</${name}> ${expected === undefined ? "alone" : `for </${expected}>`}`);
    handler.close(name);
  }

  function readTag(tag: string): void {
    if (tag.startsWith("/")) return closeElement(tag.slice(1).trimEnd());
    const isEmpty = tag.endsWith("/");
    const content = isEmpty ? tag.slice(0, -1) : tag;
    const name = /^[^ \t\r\n]*/.exec(content)![0];
    if (!NAME.test(name)) throw malformed(`<${name}>`);
    if (open.length === 0 && hasRoot) throw malformed(`<${name}> after the root element`);
    hasRoot = true;
    open.push(name);
    handler.open(name, xmlAttributes(content.slice(name.length), malformed));
    if (isEmpty) closeElement(name);
  }

  /** Reads the piece at `position`, and says where it ends; `undefined` when it is not complete. */
  function read(): number | undefined {
    if (waiting[position] !== "<") {
      const end = waiting.indexOf("<", position);
      if (end < 0) return undefined;
      readText(decodeXmlText(waiting.slice(position, end), malformed));
      return end;
    }
    for (const [start, stop] of SECTIONS) {
      const begun = waiting.slice(position, position + start.length);
      if (begun !== start) {
        if (start.startsWith(begun)) return undefined;
        continue;
      }
      const end = waiting.indexOf(stop, position + start.length);
      if (end < 0) return undefined;
      const content = waiting.slice(position + start.length, end);
      if (start === "<!--" && content.includes("--")) throw malformed("-- in a comment");
      if (start === "<![CDATA[") readText(content.replace(/\r\n?/g, "\n"));
      return end + stop.length;
    }
    const end = endOfTag(waiting, position + 1);
    if (end === undefined) return undefined;
    if (waiting[end] !== ">") throw malformed(waiting[end] === "[" ? "a DTD of its own" : "< inside of a tag");
    const tag = waiting.slice(position + 1, end);
    if (!tag.startsWith("!")) readTag(tag);
    else if (!/^!DOCTYPE[ \t\r\n]/.test(tag) || hasRoot) throw malformed(`<${tag.slice(0, 20)}>`);
    return end + 1;
  }

  function readAll(): void {
    while (position < waiting.length) {
      const end = read();
      if (end === undefined) break;
      position = end;
    }
    enough = position === 0 ? 2 * waiting.length : 0;
    line += numLineEnds(waiting.slice(0, position));
    waiting = waiting.slice(position);
    position = 0;
  }

  return {
    error,
    push(part) {
      waiting += isBeginning ? part.replace(/^\ufeff/, "") : part;
      isBeginning &&= part === "";
      if (waiting.length >= enough) readAll();
    },
    end() {
      readAll();
      position = waiting.length;
      if (open.length > 0) throw malformed(`the end before </${open.at(-1)}>`);
      if (/[^ \t\r\n]/.test(waiting)) throw malformed("the end amid text or markup");
      if (!hasRoot) throw malformed("no element");
    },
  };
}

/** The place of the `>` of a tag, or of what may not stand in it before; `undefined` when it is not complete. */
function endOfTag(text: string, start: number): number | undefined {
  let quote = "";
  for (let i = start; i < text.length; i++) {
    const character = text[i]!;
    if (character === "<") return i;
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">" || character === "[") return i;
  }
  return undefined;
}

function numLineEnds(text: string): number {
  return text.split("\n").length - 1;
}
