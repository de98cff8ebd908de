import { type BleuScore, type BleuScoring, bleuFromStatistics } from "./bleu-from-statistics.ts";
import { bleuStatistics, type BleuTokenization } from "./bleu-statistics.ts";
import { sumBleuStatistics } from "./sum-bleu-statistics.ts";

/** How text is tokenised and how its statistics become a score; the defaults are those of sacreBLEU. */
export interface BleuOptions extends BleuTokenization, BleuScoring {}

/**
 * BLEU of one corpus, as sacreBLEU 2.6 computes it: the statistics of all segments are summed, then scored once. The mean
 * of sentence scores is another number.
 *
 * @param hypotheses N segments of plain text, not tokenised.
 * @param references K streams of N segments each: `references[k][i]` belongs to `hypotheses[i]`.
 * @param options see {@link BleuOptions}; for a single sentence set `effectiveOrder`.
 * @throws TypeError for anything but strings, RangeError where the numbers of segments differ or an option is nonsense.
 * @see Post, "A Call for Clarity in Reporting BLEU Scores" (2018).
 */
export function bleu(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  options: BleuOptions = {},
): BleuScore {
  checkStream("hypotheses", hypotheses);
  if (!Array.isArray(references) || references.length === 0) {
    throw new TypeError("bleu: references must be an array of at least one stream of segments");
  }
  references.forEach((stream, k) => {
    const name = `references[${k}]`;
    checkStream(name, stream);
    if (stream.length !== hypotheses.length) {
      throw new RangeError(
        `bleu: ${name} must have as many segments as hypotheses, ${hypotheses.length}, got ${stream.length}` +
          " (references are streams: references[k][i] belongs to hypotheses[i])",
      );
    }
  });
  const statistics = hypotheses.map((hypothesis, i) =>
    bleuStatistics(
      hypothesis,
      references.map((stream) => stream[i]!),
      options,
    ),
  );
  return bleuFromStatistics(sumBleuStatistics(statistics), options);
}

function checkStream(name: string, stream: readonly string[]): void {
  if (!Array.isArray(stream)) throw new TypeError(`bleu: ${name} must be an array of strings, got ${typeof stream}`);
  if (stream.length === 0) throw new RangeError(`bleu: ${name} must hold at least one segment, got 0`);
  const other = stream.findIndex((segment) => typeof segment !== "string");
  if (other >= 0) throw new TypeError(`bleu: ${name}[${other}] must be a string, got ${typeof stream[other]}`);
}
