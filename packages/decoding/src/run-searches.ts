import { Cursor } from "./cursor.ts";
import type { GenerationOptions } from "./decoding-options.ts";
import type { Search } from "./search.ts";
import type { Stepper } from "./stepper.ts";

/**
 * Runs searches side by side, the rows of all in one state: one step of the model serves every search. Row i of the first
 * state is that of search i. None waits for another: one may read its prompt while others generate, and what is done
 * leaves the batch. So prompts of any lengths go together, without padding.
 *
 * @param signal asked before and after every step of the model.
 * @returns the result of each search.
 */
export async function runSearches<State, Result>(
  stepper: Stepper<State>,
  searches: readonly Search<Result>[],
  signal?: GenerationOptions["signal"],
): Promise<Result[]> {
  signal?.throwIfAborted();
  const cursor = new Cursor(stepper, searches.length);
  try {
    let active = searches.map((search) => ({ search, numRows: 1 }));
    for (let numRead = 0; ; numRead++) {
      const rows: number[] = [];
      const tokens: number[] = [];
      let start = 0;
      const remaining: typeof active = [];
      for (const { search, numRows } of active) {
        const { prompt } = search;
        const next =
          numRead < prompt.length
            ? { rows: [0], tokens: [prompt[numRead]!] }
            : search.advance(cursor.outputs(start, numRows));
        if (next) {
          for (let i = 0; i < next.rows.length; i++) rows.push(start + next.rows[i]!);
          for (let i = 0; i < next.tokens.length; i++) tokens.push(next.tokens[i]!);
          remaining.push({ search, numRows: next.rows.length });
        }
        start += numRows;
      }
      active = remaining;
      if (active.length === 0) return searches.map((search) => search.result());
      cursor.select(Int32Array.from(rows));
      signal?.throwIfAborted();
      await cursor.step(Int32Array.from(tokens));
      signal?.throwIfAborted();
    }
  } finally {
    cursor.dispose();
  }
}
