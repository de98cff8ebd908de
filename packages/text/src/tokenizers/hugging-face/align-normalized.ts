import { graphemes } from "../graphemes.ts";

/** A text that was made from a source, with the place in the source that each of its UTF-16 code units came from. */
export interface AlignedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const FARTHEST = 8; // how many code units a normalizer may put in at one place and still be followed

/**
 * Normalizes a source and follows what came from where, knowing nothing of the normalizer: each grapheme is normalized alone and
 * sought in the whole. What has no counterpart was deleted or put in; what was put in comes from the deleted, if any, else from
 * the character that follows.
 */
export function alignNormalized(source: string, normalize: (text: string) => string): AlignedText {
  const text = normalize(source);
  const starts: number[] = [];
  const ends: number[] = [];
  const pieces = graphemes.encodeWithOffsets(source);
  const prefix = normalize("");
  const alone = new Map<string, string>();
  const normalizedAlone = (piece: string) => {
    let normal = alone.get(piece);
    if (normal === undefined) {
      normal = normalize(piece);
      if (prefix !== "" && normal.startsWith(prefix)) normal = normal.slice(prefix.length);
      alone.set(piece, normal);
    }
    return normal;
  };
  /** What of the text at `at` a piece has become; a piece that vanishes alone, as white space may, can stay among others. */
  const matchAt = (index: number, at: number) => {
    const piece = pieces[index]?.token ?? "";
    return [normalizedAlone(piece), piece].find((form) => form !== "" && text.startsWith(form, at));
  };

  let deletedFrom = 0; // the source is accounted for up to here
  const fill = (upTo: number, sourceEnd: number) => {
    if (starts.length === upTo) return;
    const end = sourceEnd > deletedFrom ? sourceEnd : deletedFrom + (characterAt(source, deletedFrom)?.length ?? 0);
    while (starts.length < upTo) {
      starts.push(deletedFrom);
      ends.push(end);
    }
  };
  let at = text.startsWith(prefix) ? prefix.length : 0;
  pieces.forEach(({ token, start, end }, index) => {
    let match = matchAt(index, at);
    const normal = normalizedAlone(token);
    if (match === undefined && normal !== "" && matchAt(index + 1, at) === undefined) {
      const found = text.slice(at, at + FARTHEST + normal.length).indexOf(normal);
      if (found >= 0) {
        match = normal;
        at += found;
      }
    }
    if (match === undefined) return;
    fill(at, start);
    for (const [from, length] of characterPlaces(token, match)) {
      starts.push(start + from);
      ends.push(start + from + length);
    }
    at += match.length;
    deletedFrom = end;
  });
  fill(text.length, source.length);
  return { text, starts, ends };
}

/** For each code unit of `normal`, the place in `piece`: character by character, or the whole where their numbers differ. */
function characterPlaces(piece: string, normal: string): (readonly [from: number, length: number])[] {
  const before = Array.from(piece);
  const after = Array.from(normal);
  if (before.length !== after.length) return Array.from({ length: normal.length }, () => [0, piece.length] as const);
  let from = 0;
  return after.flatMap((character, i) => {
    const place = [from, before[i]!.length] as const;
    from += before[i]!.length;
    return Array.from({ length: character.length }, () => place);
  });
}

function characterAt(text: string, index: number): string | undefined {
  const code = text.codePointAt(index);
  return code === undefined ? undefined : String.fromCodePoint(code);
}
