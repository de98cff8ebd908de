import type { Generator } from "./generator.ts";
import { integer } from "./integer.ts";

/**
 * Shuffles in place, every order equally likely (Fisher and Yates, from the end, as CPython's `random.shuffle`).
 *
 * @param items an array or typed array; changed.
 */
export function shuffle(generator: Generator, items: { readonly length: number; [index: number]: unknown }): void {
  for (let last = items.length - 1; last > 0; last--) {
    const chosen = integer(generator, last + 1);
    [items[last], items[chosen]] = [items[chosen], items[last]];
  }
}
