import { smoothingValue } from "./bleu-from-statistics.ts";
import { bleuTokenizer } from "./bleu-tokenizer.ts";
import type { BleuOptions } from "./bleu.ts";
import { sacrebleuSignature } from "./sacrebleu-signature.ts";

/**
 * How a BLEU score was computed, in sacreBLEU's form: `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0`. To
 * stand beside every score that is published.
 *
 * The version is that of the sacreBLEU which gives the same number. `maxOrder` is not in it, as there; a tokenizer of your
 * own is `tok:custom`.
 *
 * @param numReferences of each segment; `"var"` where segments have unequal numbers.
 * @throws RangeError for a number that is no positive integer, or an unknown tokenizer or smoothing.
 */
export function bleuSignature(options: BleuOptions, numReferences: number | "var"): string {
  const { lowercase = false, effectiveOrder = false, tokenizer = "13a", smoothing = { method: "exp" } } = options;
  bleuTokenizer("bleuSignature", tokenizer);
  const value = smoothingValue("bleuSignature", smoothing);
  return sacrebleuSignature("bleuSignature", numReferences, {
    case: lowercase ? "lc" : "mixed",
    eff: effectiveOrder,
    tok: typeof tokenizer === "function" ? "custom" : tokenizer,
    smooth: `${smoothing.method}${value === undefined ? "" : `[${value.toFixed(2)}]`}`,
  });
}
