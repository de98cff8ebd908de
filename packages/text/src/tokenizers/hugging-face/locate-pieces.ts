import { utf8Length } from "../encode-utf8.ts";

/** How the pieces of a word are written. */
export interface PieceMarks {
  /** What a piece begins with that is not the first. */
  readonly prefix: string;
  /** What the last piece ends in. */
  readonly suffix: string;
  /** The piece that stands for an unknown character or, where `isWholeWordUnknown`, for the word. */
  readonly unknown: string | undefined;
  readonly isWholeWordUnknown: boolean;
}

const BYTE = /^<0x[0-9A-F]{2}>$/;

/** Where in a word each of the pieces lies that a model has cut it into. */
export function locatePieces(word: string, pieces: readonly string[], marks: PieceMarks): [from: number, to: number][] {
  const { prefix, suffix, unknown, isWholeWordUnknown } = marks;
  let at = 0;
  let numBytesLeft = 0;
  return pieces.map((piece, i) => {
    const character = word.slice(at, at + ((word.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
    const bare = i > 0 && piece.startsWith(prefix) ? piece.slice(prefix.length) : piece;
    if (numBytesLeft === 0 && piece !== unknown) {
      const surface = [bare, bare.slice(0, bare.length - suffix.length)].find(
        (each, k) => each !== "" && (k === 0 || bare.endsWith(suffix)) && word.includes(each, at),
      );
      if (surface !== undefined) {
        const from = word.indexOf(surface, at); // characters before it that the model drops, having no unknown token
        return [from, (at = from + surface.length)];
      }
    }
    if (BYTE.test(piece) && character !== "") {
      if (numBytesLeft === 0) numBytesLeft = utf8Length(character);
      return --numBytesLeft > 0 ? [at, at + character.length] : [at, (at += character.length)];
    }
    return [at, (at = isWholeWordUnknown ? word.length : at + character.length)];
  });
}
