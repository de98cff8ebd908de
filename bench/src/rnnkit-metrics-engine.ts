import {
  bleuMetric,
  chrfMetric,
  type CorpusMetric,
  corpusScore,
  pairedBootstrap,
  segmentStatistics,
  terMetric,
} from "@rnnkit/metrics";
import { xoshiro128 } from "@rnnkit/random";
import type { Engine } from "./measure.ts";
import type { ScoringJob, ScoringStep, ScoringTask } from "./scoring-job.ts";

type Found = Omit<ScoringStep, "ms">;

/** The job by `@rnnkit/metrics`: what an application calls for several systems with the same references. */
export function rnnkitMetricsEngine(job: ScoringJob): Engine<ScoringStep> {
  const run = TASKS[job.task];
  return {
    name: "rnnkit",
    threads: 1,
    async activate() {},
    async step() {
      const startMs = performance.now();
      const found = run(job);
      return { ms: performance.now() - startMs, ...found };
    },
    async dispose() {},
  };
}

const TASKS: Readonly<Record<ScoringTask, (job: ScoringJob) => Found>> = {
  bleu: (job) => scoreEach(job, bleuMetric()),
  chrf: (job) => scoreEach(job, chrfMetric()),
  ter: (job) => scoreEach(job, terMetric()),
  bootstrap({ systems, reference, numSamples, seed }) {
    const [baseline, ...others] = segmentStatistics(bleuMetric(), { systems, references: [reference] });
    const result = pairedBootstrap(baseline!, others, { numSamples, generator: xoshiro128(seed) });
    return {
      scores: [result.baseline, ...result.systems].map(({ score }) => score),
      pValues: result.systems.map(({ pValue }) => pValue),
    };
  },
};

function scoreEach({ systems, reference }: ScoringJob, metric: CorpusMetric): Found {
  const statistics = segmentStatistics(metric, { systems, references: [reference] });
  return { scores: statistics.map(corpusScore), pValues: [] };
}
