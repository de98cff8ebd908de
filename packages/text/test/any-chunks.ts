import fc from "fast-check";

/** A text or bytes cut into chunks at random places, some of them empty. */
export function anyChunks<Whole extends string | Uint8Array>(wholes: fc.Arbitrary<Whole>): fc.Arbitrary<Whole[]> {
  return wholes.chain((whole) =>
    fc.array(fc.nat({ max: whole.length }), { maxLength: 12 }).map((cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), whole.length];
      return places.slice(1).map((end, i) => whole.slice(places[i], end) as Whole);
    }),
  );
}

/** Text with all that a chunk could split: line ends, runs of space, surrogate pairs, halves of them, combining marks. */
export const streamTexts: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\n",
      "\r",
      "\r\n",
      " ",
      "  ",
      "\t",
      "a",
      "b",
      "\u00a0",
      "\u2003",
      "😀",
      "\ud83d",
      "\ude00",
      "\u0301",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 }),
  ),
  maxLength: 40,
});

export async function* delayed<Part>(parts: Iterable<Part>): AsyncGenerator<Part, void> {
  for (const part of parts) {
    await Promise.resolve();
    yield part;
  }
}

export async function collected<Part>(stream: AsyncIterable<Part>): Promise<Part[]> {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
