import { checkText } from "../../check-text.ts";
import type { ClosedTokenizer } from "../bytes.ts";
import { checkTokens } from "../check-tokens.ts";
import type { HuggingFaceFile, HuggingFaceLibrary } from "./hugging-face-library.ts";
import { huggingFaceSpans } from "./hugging-face-spans.ts";

/** What reads the file, and how. */
export interface HuggingFaceOptions {
  /** The class `Tokenizer` of `@huggingface/tokenizers`. */
  readonly Tokenizer: HuggingFaceLibrary;
  /** The contents of `tokenizer_config.json`; default none, as in Python's `tokenizers`. */
  readonly config?: object;
  /** Whether `encode` adds what the file's post-processor does, such as `[CLS]`; default false. */
  readonly addSpecialTokens?: boolean;
}

/**
 * The tokenizer of a Hugging Face `tokenizer.json` (BPE, WordLevel, Unigram, WordPiece, with their normalizers and
 * pre-tokenizers), computed by the library `@huggingface/tokenizers`. Its `tokens` lie in the order of the file's ids, of which a
 * vocabulary can be made. What the file does not know becomes its unknown token; a token that a normalizer or pre-tokenizer has
 * put in has the place of the character that follows.
 *
 * @param file parsed JSON; borrowed, and not to be changed.
 * @throws TypeError when `file` is not the contents of a `tokenizer.json`; what the library throws when it does not know a part.
 *   `encode` throws a RangeError for an unknown word where the file has no unknown token, `decode` for a token not in the file.
 */
export function huggingFaceTokenizer(
  file: object,
  { Tokenizer, config = {}, addSpecialTokens = false }: HuggingFaceOptions,
): ClosedTokenizer {
  const parts = checkedFile(file);
  const library = new Tokenizer(file, {
    clean_up_tokenization_spaces: false,
    // The library reads the unknown token of a WordLevel file only here.
    unk_token: parts.model.unk_token ?? undefined,
    ...config,
  });
  const { unk_token: unknown, unk_id: unknownId } = parts.model;
  const unk = unknownId ?? (unknown == null ? undefined : library.token_to_id(unknown));
  const tokens = listTokens(library.get_vocab());
  const encode = (text: string, add_special_tokens: boolean) => {
    const { ids } = library.encode(text, { add_special_tokens });
    if (ids.includes(undefined as unknown as number)) {
      throw new RangeError(
        "huggingFaceTokenizer.encode: text must hold known words alone, as the file has no unknown token",
      );
    }
    return ids;
  };
  return {
    name: "hugging-face",
    isLossless: false,
    tokens,
    encode(text) {
      checkText("huggingFaceTokenizer.encode", text);
      return encode(text, addSpecialTokens).map((id) => tokens[id]!);
    },
    encodeWithOffsets(text) {
      checkText("huggingFaceTokenizer.encodeWithOffsets", text);
      const ids = encode(text, false);
      const inText = huggingFaceSpans(text, ids, { library, file: parts, unk });
      const all = addSpecialTokens ? encode(text, true) : ids;
      const before = all.findIndex((_, i) => ids.every((id, k) => all[i + k] === id));
      return all.map((id, i) => {
        const place = i < before ? 0 : text.length;
        return { token: tokens[id]!, ...(inText[i - before] ?? { start: place, end: place }) };
      });
    },
    decode(list) {
      checkTokens("huggingFaceTokenizer.decode", list);
      const ids = list.map((token) => {
        const id = library.token_to_id(token);
        if (id === undefined) {
          throw new RangeError(`huggingFaceTokenizer.decode: tokens must be of the file, got ${JSON.stringify(token)}`);
        }
        return id;
      });
      return ids.length === 0 ? "" : library.decode(ids, { skip_special_tokens: false });
    },
    toJSON: () => ({ name: "hugging-face", file, config, addSpecialTokens }),
  };
}

function checkedFile(file: unknown): HuggingFaceFile {
  const { model, added_tokens } = (file ?? {}) as Partial<HuggingFaceFile>;
  if (typeof model !== "object" || model === null || !Array.isArray(added_tokens)) {
    throw new TypeError(
      "huggingFaceTokenizer: file must be the contents of a tokenizer.json, with model and added_tokens",
    );
  }
  return file as HuggingFaceFile;
}

/** An id that the file leaves out has a token that no text gives. */
function listTokens(ids: ReadonlyMap<string, number>): readonly string[] {
  const tokens: string[] = [];
  for (const [token, id] of ids) tokens[id] = token;
  return Object.freeze(Array.from(tokens, (token: string | undefined, id) => token ?? `<id ${id}>`));
}
