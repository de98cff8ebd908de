import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { rnnkitMetricsEngine } from "../rnnkit-metrics-engine.ts";
import { SACREBLEU_VERSION, sacrebleuEngine } from "../sacrebleu-engine.ts";
import type { ScoringJob, ScoringStep, ScoringTask } from "../scoring-job.ts";
import { translations } from "../translations.ts";
import { leftOut } from "../left-out.ts";

/** What is done, and for how many systems sacreBLEU does it in some seconds. */
const TASKS: Readonly<Record<ScoringTask, { readonly title: string; readonly numSystems: number }>> = {
  bleu: { title: "corpus BLEU", numSystems: 16 },
  chrf: { title: "corpus chrF", numSystems: 2 },
  ter: { title: "corpus TER", numSystems: 1 },
  bootstrap: { title: "BLEU, intervals and p-values by paired bootstrap", numSystems: 16 },
};

export const corpusBleu: Benchmark = (options) => scoring("bleu", options);
export const corpusChrf: Benchmark = (options) => scoring("chrf", options);
export const corpusTer: Benchmark = (options) => scoring("ter", options);
export const bootstrap: Benchmark = (options) => scoring("bootstrap", options);

async function scoring(task: ScoringTask, { isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  const { title } = TASKS[task];
  const { origin, systems, reference } = translations();
  const numSystems = isSmoke ? Math.min(2, TASKS[task].numSystems) : TASKS[task].numSystems;
  const numSegments = isSmoke ? 20 : reference.length;
  const job: ScoringJob = {
    task,
    origin,
    systems: systems.slice(0, numSystems).map((segments) => segments.slice(0, numSegments)),
    reference: reference.slice(0, numSegments),
    numSamples: isSmoke ? 100 : 1000,
    seed: 12345,
  };
  const engines: Engine<ScoringStep>[] = [rnnkitMetricsEngine(job)];
  const sacrebleu = await sacrebleuEngine(job, python);
  if (sacrebleu) engines.push(sacrebleu);
  else {
    note(leftOut("sacreBLEU", python, { missing: `no version ${SACREBLEU_VERSION}` }));
  }
  try {
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkScores(measured, job.numSamples);
    const numTokens = job.systems.flat().reduce((sum, segment) => sum + segment.split(/\s+/).length, 0);
    const samples = task === "bootstrap" ? ` of ${job.numSamples} samples` : "";
    return {
      job: `${title}${samples}, ${origin}, ${numSystems} x ${numSegments} segments (${numTokens} tokens)`,
      numTokens,
      baseline: sacrebleu?.name ?? "rnnkit",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

/** Throws unless all engines found the same scores, and p-values that differ by no more than their samples explain. */
export function checkScores(measured: readonly Measured<ScoringStep>[], numSamples: number): void {
  const [first, ...others] = measured.map(({ engine, steps }) => ({ name: engine.name, ...steps[0]! }));
  for (const { name, scores, pValues } of others) {
    scores.forEach((score, k) => {
      if (!(Math.abs(score - first!.scores[k]!) < 1e-9)) {
        throw new Error(`the scores must be the same, ${first!.name} got ${first!.scores[k]}, ${name} got ${score}`);
      }
    });
    pValues.forEach((p, k) => {
      const deviation = Math.sqrt((2 * Math.max(p * (1 - p), 1 / numSamples)) / numSamples);
      if (!(Math.abs(p - first!.pValues[k]!) < 5 * deviation)) {
        throw new Error(`the p-values must be alike, ${first!.name} got ${first!.pValues[k]}, ${name} got ${p}`);
      }
    });
  }
}
