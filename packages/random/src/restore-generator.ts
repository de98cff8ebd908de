import type { Generator, GeneratorState } from "./generator.ts";
import { mersenneTwisterFrom } from "./mersenne-twister.ts";
import { xoshiro128From } from "./xoshiro128.ts";

/**
 * A generator that continues exactly where `state()` was taken.
 *
 * @param state what `Generator.state` returned, also after a round trip through JSON; not kept.
 * @throws TypeError when it is no such state.
 */
export function restoreGenerator(state: GeneratorState): Generator {
  const { algorithm, words } = (state ?? {}) as Partial<GeneratorState>;
  if (Array.isArray(words) && words.every((word) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff)) {
    const [a = 0, b = 0, c = 0, d = 0] = words as number[];
    if (algorithm === "xoshiro128" && words.length === 4 && (a | b | c | d) !== 0) return xoshiro128From([a, b, c, d]);
    if (algorithm === "mersenne-twister" && words.length === 625 && words[624]! <= 624) {
      return mersenneTwisterFrom(Uint32Array.from(words.slice(0, 624)), words[624]!);
    }
  }
  throw new TypeError(`restoreGenerator: state must be what Generator.state returned, got ${describe(state)}`);
}

function describe(state: unknown): string {
  const text = JSON.stringify(state) ?? String(state);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
