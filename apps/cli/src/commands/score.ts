import {
  approximateRandomization,
  bleu,
  confidenceInterval,
  type CorpusMetric,
  corpusScore,
  pairedBootstrap,
  segmentStatistics,
  type SegmentStatistics,
} from "@rnnkit/metrics";
import { deriveSeed, xoshiro128 } from "@rnnkit/random";
import type { Resampling, ScoreEvent } from "../events.ts";
import { printJSON } from "../print-json.ts";
import { readSegments, readSegmentsFromInput, type Segments } from "../read-segments.ts";
import { describeScores } from "../describe-scores.ts";
import type { MetricName } from "../score-options.ts";
import { bleuOptions, type MetricSettings, scoringMetric } from "../scoring-metric.ts";

/** What `rnnkit score` is told. */
export interface ScoreOptions extends MetricSettings {
  readonly refs: readonly string[];
  readonly systems?: readonly string[];
  readonly confidence: boolean;
  readonly confidenceN: number;
  readonly pairedBs: boolean;
  readonly pairedBsN: number;
  readonly pairedAr: boolean;
  readonly pairedArN: number;
  readonly seed: number;
  readonly scoreOnly: boolean;
  readonly width: number;
  readonly json: boolean;
}

/** `rnnkit score <metric> --refs <files...>` */
export async function score(name: MetricName, options: ScoreOptions): Promise<void> {
  const metric = scoringMetric(name, options);
  const references: Segments[] = [];
  for (const path of options.refs) references.push(await readSegments(path));
  const outputs: Segments[] = [];
  if (options.systems === undefined) outputs.push(await readSegmentsFromInput());
  else for (const path of options.systems) outputs.push(await readSegments(path));
  checkLengths([...references, ...outputs]);

  const texts = { systems: outputs.map(({ lines }) => lines), references: references.map(({ lines }) => lines) };
  const statistics = segmentStatistics(metric, texts);
  if (options.sentenceLevel) {
    printSegments(metric, statistics[0]!, options);
    return;
  }
  if (options.scoreOnly) {
    for (const each of statistics) process.stdout.write(`${corpusScore(each).toFixed(options.width)}\n`);
    return;
  }
  const { resampling, results } = resample(statistics, options);
  const scores = results.map((result, k): ScoreEvent & { readonly event: "score" } => ({
    event: "score",
    system: outputs[k]!.source,
    metric: metric.name,
    signature: metric.signature(references.length),
    isHigherBetter: metric.isHigherBetter,
    numSegments: texts.systems[k]!.length,
    ...result,
    ...(resampling && { resampling }),
    ...(name === "bleu" && { parts: bleu(texts.systems[k]!, texts.references, bleuOptions(options)) }),
  }));
  if (options.json) scores.forEach(printJSON);
  else process.stdout.write(`${describeScores(scores, options)}\n`);
}

/** @throws Error that names the first file that has another number of lines. */
function checkLengths([first, ...others]: readonly Segments[]): void {
  const { source, lines } = first!;
  const other = others.find((each) => each.lines.length !== lines.length);
  if (other === undefined) return;
  throw new Error(
    `${other.source} must have as many lines as ${source}, ${lines.length}, got ${other.lines.length}: ` +
      `a line of an output belongs to the same line of the references`,
  );
}

function printSegments(metric: CorpusMetric, { values }: SegmentStatistics, { json, width }: ScoreOptions): void {
  for (let start = 0; start < values.length; start += metric.width) {
    const line = start / metric.width + 1;
    const score = metric.score(values.subarray(start, start + metric.width));
    if (json) printJSON({ event: "segment", line, metric: metric.name, score });
    else process.stdout.write(`${score.toFixed(width)}\n`);
  }
}

interface Result {
  readonly score: number;
  readonly mean?: number;
  readonly halfWidth?: number;
  readonly pValue?: number;
}

/** The score of each system, with an interval where one is asked for, and where there are several the test of each. */
function resample(
  statistics: readonly SegmentStatistics[],
  { confidence, confidenceN, pairedBsN, pairedAr, pairedArN, seed }: ScoreOptions,
): { readonly resampling?: Resampling; readonly results: readonly Result[] } {
  const [baseline, ...systems] = statistics as readonly [SegmentStatistics, ...SegmentStatistics[]];
  const generator = (purpose: string) => xoshiro128(deriveSeed(seed, purpose));
  // Each interval begins the generator anew: that of a system does not depend on which others stand beside it.
  const interval = (each: SegmentStatistics) =>
    confidenceInterval(each, { numSamples: confidenceN, generator: generator("samples") });
  if (systems.length === 0) {
    if (!confidence) return { results: [{ score: corpusScore(baseline) }] };
    return {
      resampling: { test: "confidence interval", numSamples: confidenceN, seed },
      results: [interval(baseline)],
    };
  }
  if (pairedAr) {
    const tested = approximateRandomization(baseline, systems, {
      numTrials: pairedArN,
      generator: generator("trials"),
    });
    return {
      resampling: { test: "approximate randomization", numSamples: confidenceN, numTrials: pairedArN, seed },
      results: [interval(baseline), ...systems.map((each, k) => ({ ...interval(each), ...tested.systems[k]! }))],
    };
  }
  const tested = pairedBootstrap(baseline, systems, { numSamples: pairedBsN, generator: generator("samples") });
  return {
    resampling: { test: "paired bootstrap", numSamples: pairedBsN, seed },
    results: [tested.baseline, ...tested.systems],
  };
}
