import { checkText } from "../check-text.ts";
import { replaceText, textUnits, type UnitCutter } from "../tokenizers/text-units.ts";
import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { unitCutterOf } from "../tokenizers/unit-cutters.ts";
import { emptyTable, placeOf, type TokenTable } from "./token-table.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { vocabularyFromTable } from "./vocabulary-from-table.ts";
import type { VocabularyOptions } from "./vocabulary-options.ts";

/** How a corpus is cut, and what its vocabulary holds. */
export interface EncodeCorpusOptions extends VocabularyOptions {
  readonly tokenizer: Tokenizer;
}

/**
 * From texts to the ids of all their tokens, one after the other, with the vocabulary that they make. The same as `vocabulary`
 * of all tokens and its `encode`, but each token is looked up once, and no list of all tokens is made.
 *
 * @param texts any iterable, read once: the lines of a book, for instance. One string alone goes into an array.
 * @returns `ids`, which the caller owns, and `vocabulary`.
 * @throws RangeError when the texts hold no token, or an option is nonsense.
 */
export function encodeCorpus(
  texts: Iterable<string>,
  { tokenizer, ...options }: EncodeCorpusOptions,
): { ids: Int32Array; vocabulary: Vocabulary } {
  if (typeof texts === "string") {
    throw new TypeError("encodeCorpus: texts must be an iterable of strings, got one string: put it into an array");
  }
  const table = emptyTable();
  const places = growingNumbers();
  const cut = unitCutterOf(tokenizer);
  if (cut) placeFoundOf(texts, { tokenizer, cut, table, places });
  else placeTokensOf(texts, { tokenizer, table, places });
  if (places.length === 0) {
    throw new RangeError("encodeCorpus: texts must hold at least one token, got an empty corpus");
  }
  const { vocabulary, idOfPlace } = vocabularyFromTable("encodeCorpus", table, options);
  const missing = idOfPlace.indexOf(-1);
  if (missing >= 0) {
    const token = JSON.stringify(table.index.tokens[missing]);
    throw new RangeError(
      `encodeCorpus: each token must be in the vocabulary, which has no unknown token, got ${token}`,
    );
  }
  const ids = places.numbers.slice(0, places.length);
  for (let i = 0; i < ids.length; i++) ids[i] = idOfPlace[ids[i]!]!;
  return { ids, vocabulary };
}

interface Placing {
  readonly tokenizer: Tokenizer;
  readonly table: TokenTable;
  /** Takes the place of each token. */
  readonly places: GrowingNumbers;
}

function placeTokensOf(texts: Iterable<string>, { tokenizer, table, places }: Placing): void {
  for (const text of texts) {
    const tokens = tokenizer.encode(text);
    const numbers = places.reserve(tokens.length);
    for (let i = 0; i < tokens.length; i++) {
      const place = placeOf(table, tokens[i]!, "encodeCorpus");
      table.counts[place]!++;
      numbers[places.length++] = place;
    }
  }
}

function placeFoundOf(texts: Iterable<string>, { tokenizer, cut, table, places }: Placing & { cut: UnitCutter }): void {
  const { index, counts } = table;
  const source = textUnits();
  let { numbers, length } = places;
  const found = (start: number, end: number, hash: number) => {
    const place = index.placeFound(source, start, end, hash);
    if (place === counts.length) counts.push(1);
    else counts[place]!++;
    numbers[length++] = place;
  };
  for (const text of texts) {
    checkText(`${tokenizer.name}.encode`, text);
    replaceText(source, text);
    places.length = length;
    numbers = places.reserve(text.length);
    cut(source, found);
  }
  places.length = length;
}

/** Integers of which nobody knows beforehand how many there will be. */
interface GrowingNumbers {
  numbers: Int32Array;
  length: number;
  /** The array, with room for so many more. */
  reserve(numMore: number): Int32Array;
}

function growingNumbers(): GrowingNumbers {
  return {
    numbers: new Int32Array(4096),
    length: 0,
    reserve(numMore) {
      if (this.length + numMore > this.numbers.length) {
        const larger = new Int32Array(Math.max(2 * this.numbers.length, this.length + numMore));
        larger.set(this.numbers);
        this.numbers = larger;
      }
      return this.numbers;
    },
  };
}
