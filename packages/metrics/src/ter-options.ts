/** How text becomes the words that TER compares; the defaults are those of sacreBLEU. */
export interface TerOptions {
  /** Set punctuation and symbols apart; undo four entities and line breaks; default false. */
  readonly normalized?: boolean;
  /** Keep `. , ? : ; ! " ( )`; default true. */
  readonly punctuation?: boolean;
  /**
   * Where `normalized`, let ideographs and their punctuation stand alone (kana stay together); where `punctuation` is not
   * kept, remove that of East Asia too; default false.
   */
  readonly asianSupport?: boolean;
  /** Tell upper from lower case; default false. */
  readonly caseSensitive?: boolean;
}

/** The options with their defaults. */
export function resolveTerOptions(options: TerOptions): Required<TerOptions> {
  const { normalized = false, punctuation = true, asianSupport = false, caseSensitive = false } = options;
  return { normalized, punctuation, asianSupport, caseSensitive };
}
