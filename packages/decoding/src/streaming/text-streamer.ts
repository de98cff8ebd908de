import { withToken } from "../with-token.ts";
import { checkStopStrings } from "./check-stop-strings.ts";
import { finalLength } from "./final-length.ts";

/** How a {@link TextStreamer} makes text of ids. */
export interface TextStreamerOptions {
  /**
   * The text of all ids so far. More ids may change what it says last, an unfinished grapheme or the U+FFFD of unfinished
   * bytes, but nothing before. The ids are borrowed for the call.
   */
  readonly decode: (ids: Int32Array) => string;
  /** Strings that end the text, and are no part of it; none empty, default none. */
  readonly stopStrings?: readonly string[];
}

/** Turns ids into text that is final: no piece splits a grapheme, or holds the beginning of a stop string. */
export interface TextStreamer {
  /** Whether a stop string was found; nothing comes after it. */
  readonly isStopped: boolean;
  /** Takes the next id. @returns the text that has become final, perhaps none. */
  push(token: number): string;
  /** @returns what was held back, after the last id. */
  end(): string;
}

/**
 * A streamer of text, which always holds the last grapheme back, because the next token may go on with it: an accent, the
 * second half of a flag, the other bytes of a character.
 *
 * @throws RangeError for an empty stop string; `push` throws an Error when `decode` takes back what is final.
 */
export function textStreamer({ decode, stopStrings = [] }: TextStreamerOptions): TextStreamer {
  const stops = checkStopStrings("textStreamer", stopStrings);
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let ids: Int32Array = new Int32Array(16);
  let length = 0;
  let emitted = "";
  let rest = ""; // decoded, and not final
  let isStopped = false;

  function emit(end: number): string {
    const piece = rest.slice(0, end);
    emitted += piece;
    rest = rest.slice(end);
    return piece;
  }

  return {
    get isStopped() {
      return isStopped;
    },
    push(token) {
      if (isStopped) return "";
      ids = withToken(ids, length++, token);
      const text = decode(ids.subarray(0, length));
      if (!text.startsWith(emitted)) {
        throw new Error(
          `textStreamer: decode must keep the text ${JSON.stringify(emitted)}, got ${JSON.stringify(text)}`,
        );
      }
      rest = text.slice(emitted.length);
      const found = stops.map((stop) => rest.indexOf(stop)).filter((index) => index >= 0);
      if (found.length > 0) {
        isStopped = true;
        return emit(Math.min(...found));
      }
      return emit(finalLength(rest, { stopStrings: stops, graphemes }));
    },
    end: () => (isStopped ? "" : emit(rest.length)),
  };
}
