import { type ChrfOptions, resolveChrfOptions } from "./chrf-options.ts";
import { sacrebleuSignature } from "./sacrebleu-signature.ts";

/**
 * How a chrF score was computed, in sacreBLEU's form: `nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0`. To
 * stand beside every score that is published. `beta` is not in it, as there, but in the name of the score: `chrF2`.
 *
 * @param numReferences of each segment; `"var"` where segments have unequal numbers.
 * @throws RangeError for a number that is no positive integer, or an option that is nonsense.
 */
export function chrfSignature(options: ChrfOptions, numReferences: number | "var"): string {
  const { charOrder, wordOrder, effectiveOrder, lowercase, whitespace } = resolveChrfOptions("chrfSignature", options);
  return sacrebleuSignature("chrfSignature", numReferences, {
    case: lowercase ? "lc" : "mixed",
    eff: effectiveOrder,
    nc: charOrder,
    nw: wordOrder,
    space: whitespace,
  });
}
