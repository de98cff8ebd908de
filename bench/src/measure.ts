/** What one iteration of a job took. */
export interface Step {
  readonly ms: number;
}

/** Something that does one job over and over. */
export interface Engine<S extends Step> {
  readonly name: string;
  readonly threads: number;
  /** Called before each of its turns, untimed: another engine may have been at work in this process. */
  activate(): Promise<void>;
  /** Does the job once and times it. */
  step(): Promise<S>;
  dispose(): Promise<void>;
}

export interface Measured<S extends Step> {
  readonly engine: Engine<S>;
  /** The median of the iterations after the warm-up. */
  readonly msMedian: number;
  /** Every iteration in order, those of the warm-up included. */
  readonly steps: readonly S[];
}

/**
 * Times engines in turns, so that whatever else the machine does hits all alike: in each round every engine iterates for
 * `turnMs`, and at least once. A round of warm-up comes first.
 *
 * @param engines borrowed.
 */
export async function measure<S extends Step>(
  engines: readonly Engine<S>[],
  { rounds, turnMs }: { readonly rounds: number; readonly turnMs: number },
): Promise<Measured<S>[]> {
  const timed = engines.map((engine) => ({ engine, warmUp: [] as S[], measured: [] as S[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { engine, warmUp, measured } of timed) {
      await engine.activate();
      const endMs = performance.now() + turnMs;
      do (round === 0 ? warmUp : measured).push(await engine.step());
      while (performance.now() < endMs);
    }
  }
  return timed.map(({ engine, warmUp, measured }) => ({
    engine,
    msMedian: median(measured.map(({ ms }) => ms)),
    steps: [...warmUp, ...measured],
  }));
}

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median: values must hold a number, got none");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
