import fc from "fast-check";
import { vocabulary, type Vocabulary } from "../src/index.ts";

const tokens = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 3 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom("__proto__", "constructor", "\ud83d", "\ude00", "\0", "", "\\", "\\n", "\n", "\t", "\r\n", "\ufeff"),
);

/** Vocabularies of every kind of token, order and option. */
export const anyVocabulary: fc.Arbitrary<Vocabulary> = fc
  .record({
    list: fc.array(tokens, { minLength: 1 }),
    reserved: fc.uniqueArray(tokens, { maxLength: 3 }),
    unknown: fc.option(tokens),
    minFrequency: fc.nat({ max: 2 }),
    ordering: fc.constantFrom("d2l-0.17" as const, "d2l-1.0" as const, "torchtext" as const),
  })
  .filter(({ reserved, unknown, minFrequency }) => reserved.length > 0 || unknown !== null || minFrequency < 2)
  .map(({ list, ...options }) => vocabulary(list, options));

export function contents({ size, unknownId, reserved, tokens: list, frequencies }: Vocabulary) {
  return { size, unknownId, reserved, tokens: list, frequencies };
}
