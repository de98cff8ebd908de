import type { Generator } from "@rnnkit/random";

export function checkGenerators(caller: string, generators: readonly Generator[], numPrompts: number): void {
  if (generators.length !== numPrompts) {
    throw new RangeError(`${caller}: generators must be ${numPrompts}, one a prompt, got ${generators.length}`);
  }
}
