/** A stretch of a sequence that carries one type, from `start` up to but not including `end`. */
export interface EntitySpan {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** What the first letter of a tag says of its place in a span. */
export type TagScheme = "IOB2" | "IOBES" | "BILOU";

/** How tags become spans. */
export interface EntitySpansOptions {
  /**
   * If given, only spans that this scheme spells correctly count, as in seqeval's strict mode. Default: tags of any scheme,
   * and I or E begins a span where none of its type is open, as conlleval counts.
   */
  readonly strictScheme?: TagScheme;
}

const LETTERS: Readonly<Record<TagScheme, string>> = { IOB2: "BIO", IOBES: "BIOES", BILOU: "BILOU" };

/**
 * The spans that a sequence of tags marks. A tag is `O`, or a letter, a hyphen and a type, such as `B-PER`; a letter alone
 * has the type `_`. Letters are B (begin), I (inside), E or L (end), S or U (single).
 *
 * @param tags one a token. Borrowed.
 * @returns from left to right, the caller's.
 * @throws RangeError for what is no tag, or none of the scheme.
 * @see conlleval of CoNLL-2000, which agrees on B, I and O; seqeval 1.2, which knows L and U in strict mode only.
 */
export function entitySpans(tags: readonly string[], { strictScheme }: EntitySpansOptions = {}): EntitySpan[] {
  return spansOf("entitySpans: tags", tags, strictScheme);
}

/** The spans of `tags`, in errors called `name`. */
export function spansOf(name: string, tags: readonly string[], strictScheme: TagScheme | undefined): EntitySpan[] {
  const letters = strictScheme === undefined ? "BIOESLU" : LETTERS[strictScheme];
  if (letters === undefined) {
    const caller = name.slice(0, name.indexOf(":"));
    throw new RangeError(`${caller}: strictScheme must be "IOB2", "IOBES" or "BILOU", got ${String(strictScheme)}`);
  }
  const isLenient = strictScheme === undefined;
  const mayEndOpen = isLenient || strictScheme === "IOB2";
  const spans: EntitySpan[] = [];
  let start = -1; // of the span that the tag before belongs to
  let type = "";
  let isOpen = false; // whether that span may go on
  for (let i = 0; i <= tags.length; i++) {
    const tag = i < tags.length ? tags[i]! : "O";
    const letter = typeof tag === "string" && isTag(tag) ? tag[0]! : "";
    if (letter === "" || !letters.includes(letter)) {
      const wanted = isLenient ? "O or such as B-PER" : `a tag of ${strictScheme}`;
      throw new RangeError(`${name}[${i}] must be ${wanted}, got ${String(tag)}`);
    }
    const isBeginning = letter === "B" || letter === "S" || letter === "U";
    const tagType = tag.slice(2) || "_";
    if (letter === "O" || isBeginning || !isOpen || tagType !== type) {
      if (start >= 0 && (mayEndOpen || !isOpen)) spans.push({ type, start, end: i });
      start = letter === "O" || !(isBeginning || isLenient) ? -1 : i;
      type = tagType;
    }
    isOpen = start >= 0 && (letter === "B" || letter === "I");
  }
  return spans;
}

function isTag(tag: string): boolean {
  return tag.length === 1 || (tag[1] === "-" && tag[0] !== "O");
}
