import { beamSearchJob, type BeamSearchStep } from "../beam-search-job.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { rnnkitBeamSearchEngine } from "../rnnkit-beam-search-engine.ts";
import { transformersEngine } from "../transformers-engine.ts";
import { leftOut } from "../left-out.ts";

/** float32 there, double precision here. */
const SCORE_TOLERANCE = 1e-4;

const WIDTHS = [5, 10, 20, 50];

/** Beam search over a vocabulary of 10 000 without its model, one benchmark for each width. */
export const beamSearches: Readonly<Record<string, Benchmark>> = Object.fromEntries(
  WIDTHS.map((width) => [`beam-search-${width}`, (options: BenchmarkOptions) => beamSearchOf(width, options)]),
);

async function beamSearchOf(beamWidth: number, { isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  const vocabSize = isSmoke ? 100 : 10_000;
  const maxLength = isSmoke ? 4 : 30;
  const job = beamSearchJob({ vocabSize, beamWidth, maxLength });
  const engines: Engine<BeamSearchStep>[] = [rnnkitBeamSearchEngine(job)];
  try {
    for (const threads of [1, 2]) {
      const engine = await transformersEngine(job, { python, threads });
      if (!engine) {
        note(leftOut("transformers", python));
        break;
      }
      engines.push(engine);
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkHypotheses(measured);
    const numTokens = measured[0]!.steps[0]!.tokens.length;
    return {
      job: `beam search without its model, ${vocabSize} tokens, width ${beamWidth}, ${numTokens} steps`,
      numTokens,
      baseline: engines[1]?.name ?? "rnnkit",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

/** Throws unless all engines found the same best hypothesis. */
export function checkHypotheses(measured: readonly Measured<BeamSearchStep>[]): void {
  const [first, ...others] = measured.map(({ engine, steps }) => ({ name: engine.name, ...steps[0]! }));
  for (const { name, tokens, score } of others) {
    if (tokens.join() !== first!.tokens.join() || !(Math.abs(score - first!.score) < SCORE_TOLERANCE)) {
      throw new Error(
        `the best hypotheses must be the same, ${first!.name} got ${first!.tokens.join()} (${first!.score}), ${name} got ${tokens.join()} (${score})`,
      );
    }
  }
}
