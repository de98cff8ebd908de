import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { type Engine, measure, type Measured } from "../measure.ts";
import { nextTokenJob, type NextTokenMethod, type NextTokenStep } from "../next-token-job.ts";
import { rnnkitNextTokenEngine } from "../rnnkit-next-token-engine.ts";
import { TRANSFORMERS_VERSION, transformersNextTokenEngine } from "../transformers-next-token-engine.ts";
import { leftOut } from "../left-out.ts";

const TITLES: Readonly<Record<NextTokenMethod, string>> = {
  greedy: "the most probable token",
  scored: "the most probable token and its log-probability",
  multinomial: "a draw from all tokens",
  "top-k": "a draw after top-k 50",
  "top-p": "a draw after top-p 0.9",
  "min-p": "a draw after min-p 0.05",
  typical: "a draw after typical 0.9",
  epsilon: "a draw after epsilon 0.0003",
  eta: "a draw after eta 0.0003",
  "top-h": "a draw after top-h 0.4",
  chain: "a draw after temperature 0.8, top-k 50, top-p 0.9",
};

/** The benchmarks `token-...`, one for each way to choose. */
export const nextToken: Readonly<Record<string, Benchmark>> = Object.fromEntries(
  (Object.keys(TITLES) as NextTokenMethod[]).map((method) => [
    `token-${method}`,
    (options: BenchmarkOptions) => choosing(method, options),
  ]),
);

async function choosing(
  method: NextTokenMethod,
  { isSmoke, python, note }: BenchmarkOptions,
): Promise<BenchmarkResults> {
  const sizes = isSmoke
    ? { numTokens: 4, numRows: 2, vocabSize: 200 }
    : { numTokens: 1000, numRows: 16, vocabSize: 10_000 };
  const job = nextTokenJob(method, sizes);
  const engines: Engine<NextTokenStep>[] = [rnnkitNextTokenEngine(job)];
  const transformers = await transformersNextTokenEngine(job, python);
  if (transformers) engines.push(transformers);
  else {
    note(leftOut("transformers", python, { missing: `no version ${TRANSFORMERS_VERSION}` }));
  }
  try {
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 15, turnMs: 100 });
    checkPossible(measured);
    return {
      job: `${TITLES[method]}, vocabulary of ${sizes.vocabSize} (${sizes.numTokens} tokens)`,
      numTokens: sizes.numTokens,
      baseline: transformers?.name ?? "rnnkit",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

/** Throws unless all engines leave the same number of tokens to choose from in every row. */
export function checkPossible(measured: readonly Measured<NextTokenStep>[]): void {
  const [first, ...others] = measured.map(({ engine, steps }) => ({ name: engine.name, found: steps[0]!.numPossible }));
  for (const { name, found } of others) {
    if (found.join() !== first!.found.join()) {
      throw new Error(
        `the numbers of possible tokens must be the same, ${first!.name} got ${first!.found.join()}, ${name} got ${found.join()}`,
      );
    }
  }
}
