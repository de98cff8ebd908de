/** A source of random bits: any `Generator` of `@rnnkit/random`, for instance `xoshiro128(12345)`. */
export interface RandomBits {
  /** The next 32 random bits, as an unsigned integer. */
  uint32(): number;
}
