export interface BenchmarkOptions {
  /** Whether it need only be shown to run, at tiny sizes. */
  readonly isSmoke: boolean;
  /** The Python interpreter to look for PyTorch, sacreBLEU and transformers in. */
  readonly python: string;
  /** Takes a line for the person who waits. */
  readonly note: (line: string) => void;
}

/** What an engine took for one iteration. */
export interface EngineResult {
  readonly engine: string;
  readonly threads: number;
  readonly msMedian: number;
}

export interface BenchmarkResults {
  /** What one iteration is, with its sizes. */
  readonly job: string;
  /** In one iteration. */
  readonly numTokens: number;
  /** The engine that the others are compared with. */
  readonly baseline: string;
  /** Another engine to compare with, on the same number of threads. */
  readonly peer?: string;
  readonly results: readonly EngineResult[];
}

/** Runs the same job on several engines and checks that they did it. */
export type Benchmark = (options: BenchmarkOptions) => Promise<BenchmarkResults>;

/** What `--json` prints. */
export interface BenchmarkRecord extends EngineResult {
  /** Of the benchmark. */
  readonly name: string;
  readonly tokensPerSecond: number;
  /** How many times as fast as the baseline. */
  readonly ratio: number;
  /** How many times as fast as the peer on as many threads; absent where the peer was not there. */
  readonly peerRatio?: number;
}

export function toRecords(name: string, { numTokens, baseline, peer, results }: BenchmarkResults): BenchmarkRecord[] {
  const reference = results.find(({ engine }) => engine === baseline);
  if (!reference) throw new Error(`toRecords: results must hold the baseline ${baseline}, got none`);
  return results.map(({ engine, threads, msMedian }) => {
    const rival = results.find((result) => result.engine === peer && result.threads === threads);
    return {
      name,
      engine,
      threads,
      msMedian,
      tokensPerSecond: numTokens / (msMedian / 1000),
      ratio: reference.msMedian / msMedian,
      ...(rival && { peerRatio: rival.msMedian / msMedian }),
    };
  });
}
