import { sacrebleuSignature } from "./sacrebleu-signature.ts";
import { resolveTerOptions, type TerOptions } from "./ter-options.ts";

/**
 * How a TER score was computed, in sacreBLEU's form:
 * `nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0`. To stand beside every score that is published.
 *
 * @param numReferences of each segment; `"var"` where segments have unequal numbers.
 * @throws RangeError for a number that is no positive integer.
 */
export function terSignature(options: TerOptions, numReferences: number | "var"): string {
  const { normalized, punctuation, asianSupport, caseSensitive } = resolveTerOptions(options);
  return sacrebleuSignature("terSignature", numReferences, {
    case: caseSensitive ? "mixed" : "lc",
    tok: "tercom",
    norm: normalized,
    punct: punctuation,
    asian: asianSupport,
  });
}
