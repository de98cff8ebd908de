import { type AlignedText, alignNormalized } from "./align-normalized.ts";
import { byteCharacters } from "./byte-characters.ts";
import type { HuggingFaceFile, HuggingFaceLibraryTokenizer } from "./hugging-face-library.ts";
import { locatePieces } from "./locate-pieces.ts";
import { locateWords } from "./locate-words.ts";
import { splitAddedTokens } from "./split-added-tokens.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where each token of `ids` lies, which the library does not tell: the steps of its `encode` are taken once more, one by one.
 *
 * @param ids what the library made of the text, without special tokens.
 */
export function huggingFaceSpans(
  text: string,
  ids: readonly number[],
  {
    library,
    file,
    unk,
  }: {
    readonly library: HuggingFaceLibraryTokenizer;
    readonly file: HuggingFaceFile;
    readonly unk: number | undefined;
  },
): Span[] {
  const found: (Span & { readonly id: number | undefined })[] = [];
  const normalize = (part: string) => library.normalizer?.normalize(part) ?? part;
  const added = file.added_tokens.map((token) => ({ ...token, isNormalized: token.normalized ?? !token.special }));
  const early = added.filter(({ isNormalized }) => !isNormalized || library.normalizer === null);
  const late = added
    .filter((token) => !early.includes(token))
    .map((token) => ({ ...token, written: normalize(token.content) }));

  const sections = splitAddedTokens(
    text,
    early.map((token) => ({ ...token, written: token.content })),
  );
  sections.forEach((section, section_index) => {
    if (section.token !== undefined) {
      found.push({ start: section.start, end: section.end, id: library.token_to_id(section.token) });
      return;
    }
    const aligned = alignNormalized(text.slice(section.start, section.end), normalize);
    const place = ({ start, end }: Span) => ({ start: section.start + start, end: section.start + end });
    for (const part of splitAddedTokens(aligned.text, late)) {
      if (part.token !== undefined) {
        const [start, end] = [aligned.starts[part.start]!, aligned.ends[part.end - 1]!];
        found.push({ ...place({ start, end }), id: library.token_to_id(part.token) });
        continue;
      }
      const partText = aligned.text.slice(part.start, part.end);
      const words = library.pre_tokenizer?.pre_tokenize(partText, { section_index }) ?? [partText];
      const written = asWordsAreWritten(slice(aligned, part), file);
      const wordPlaces = locateWords(written, words);
      words.forEach((word, i) => {
        const pieces = library.model?.encode([word]) ?? [];
        locatePieces(word, pieces, pieceMarks(file)).forEach(([from, to], k) => {
          found.push({ ...place(wordPlaces[i]!(from, to)), id: library.token_to_id(pieces[k]!) ?? unk });
        });
      });
    }
  });
  return fused(found, ids, unk);
}

function slice({ text, starts, ends }: AlignedText, { start, end }: Span): AlignedText {
  return { text: text.slice(start, end), starts: starts.slice(start, end), ends: ends.slice(start, end) };
}

function pieceMarks({ model }: HuggingFaceFile) {
  return {
    prefix: model.continuing_subword_prefix ?? "",
    suffix: model.end_of_word_suffix ?? "",
    unknown: model.unk_token ?? undefined,
    isWholeWordUnknown: model.type === "WordPiece",
  };
}

/** A pre-tokenizer may write words with characters for bytes, or with a mark for a space. */
function asWordsAreWritten({ text, starts, ends }: AlignedText, { pre_tokenizer }: HuggingFaceFile): AlignedText {
  const steps = JSON.stringify(pre_tokenizer ?? null);
  const isOfBytes = steps.includes('"type":"ByteLevel"');
  const mark = steps.includes('"type":"Metaspace"') ? (/"replacement":"(.)"/u.exec(steps)?.[1] ?? "\u2581") : " ";
  const written = { text: "", starts: [] as number[], ends: [] as number[] };
  let at = 0;
  for (const character of text) {
    const form = isOfBytes ? byteCharacters(character) : character === " " ? mark : character;
    written.text += form;
    while (written.starts.length < written.text.length) {
      written.starts.push(starts[at]!);
      written.ends.push(ends[at + character.length - 1]!);
    }
    at += character.length;
  }
  return written;
}

/** The library makes one of unknown tokens that follow each other, if the model says so. */
function fused(
  found: readonly (Span & { readonly id: number | undefined })[],
  ids: readonly number[],
  unk?: number,
): Span[] {
  const spans: Span[] = [];
  for (const { id, start, end } of found) {
    const last = spans.at(-1);
    if (last !== undefined && id === unk && ids[spans.length - 1] === unk && ids[spans.length] !== unk) {
      spans[spans.length - 1] = { start: last.start, end };
    } else {
      spans.push({ start, end });
    }
  }
  return spans;
}
