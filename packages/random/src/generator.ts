/** The saved position of a {@link Generator}: plain JSON, from which `restoreGenerator` continues exactly. */
export interface GeneratorState {
  readonly algorithm: "xoshiro128" | "mersenne-twister";
  /** The words of the algorithm's state, each an unsigned 32-bit integer. */
  readonly words: readonly number[];
}

/**
 * A source of random bits. Every draw of this package takes one, so that a seed is always an argument.
 *
 * A generator is mutable and belongs to one consumer: two consumers that share one see each other's draws. Give each
 * its own, seeded with `deriveSeed`.
 */
export interface Generator {
  /** The next 32 random bits, as an unsigned integer. */
  uint32(): number;
  /** The position, to be saved. */
  state(): GeneratorState;
}
