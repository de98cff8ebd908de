import { checkText } from "../check-text.ts";
import { characters } from "../tokenizers/characters.ts";
import type { NumberList } from "./number-list.ts";
import type { TokenIndex } from "./token-index.ts";

/** Lists the place of each character of texts. Those of one code unit are looked up in an array. */
export function placeCharacters(texts: Iterable<string>, index: TokenIndex, list: NumberList): void {
  const successors = new Int32Array(0x10000); // 1 + the place of a unit alone, 0 for one not seen
  for (const text of texts) {
    checkText(`${characters.name}.encode`, text);
    list.reserve(text.length);
    const { part } = list;
    let { used } = list;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let successor = successors[unit]!;
      if (successor === 0) {
        const character = String.fromCodePoint(text.codePointAt(i)!);
        successor = 1 + index.place(character);
        // The first half of a surrogate pair is a character or not, as the next unit has it.
        if ((unit & 0xfc00) !== 0xd800) successors[unit] = successor;
        else i += character.length - 1;
      }
      part[used++] = successor - 1;
    }
    list.used = used;
  }
}
