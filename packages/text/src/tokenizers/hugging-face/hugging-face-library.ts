/** What is used of an instance of `Tokenizer` of `@huggingface/tokenizers`. */
export interface HuggingFaceLibraryTokenizer {
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: number[] };
  decode(ids: number[], options: { readonly skip_special_tokens: boolean }): string;
  token_to_id(token: string): number | undefined;
  get_vocab(): ReadonlyMap<string, number>;
  readonly normalizer: { normalize(text: string): string } | null;
  readonly pre_tokenizer: {
    pre_tokenize(text: string, options: { readonly section_index: number }): string[];
  } | null;
  readonly model: { encode(words: string[]): string[] } | null;
}

/** The class `Tokenizer` of `@huggingface/tokenizers`, an optional peer: who uses it brings it. */
export type HuggingFaceLibrary = new (file: object, config: object) => HuggingFaceLibraryTokenizer;

/** What is read of the contents of a `tokenizer.json`; the library reads the rest. */
export interface HuggingFaceFile {
  readonly model: {
    readonly type?: string;
    readonly unk_token?: string | null;
    readonly unk_id?: number | null;
    readonly continuing_subword_prefix?: string | null;
    readonly end_of_word_suffix?: string | null;
  };
  readonly added_tokens: readonly {
    readonly content: string;
    readonly special: boolean;
    readonly normalized?: boolean;
    readonly lstrip?: boolean;
    readonly rstrip?: boolean;
  }[];
  readonly pre_tokenizer?: unknown;
}
