import { normal, xoshiro128 } from "@rnnkit/random";
import { afterEach, describe, expect, it, vi } from "vitest";
import { beamSearch, logSoftmax, multinomial, standardProcessors, tableStepper } from "../../src/index.ts";

const random = xoshiro128(1);
const table = Array.from({ length: 90 }, () => Float32Array.from({ length: 90 }, () => 3 * normal(random)));

/** What searches find, by the functions of one copy of the package. */
async function found(decoding: {
  beamSearch: typeof beamSearch;
  logSoftmax: typeof logSoftmax;
  multinomial: typeof multinomial;
}) {
  const stepper = tableStepper(table);
  const options = { prompt: [1], maxLength: 12, endTokens: [0] };
  return {
    beams: await decoding.beamSearch(stepper, { ...options, beamWidth: 7, numHypotheses: 3 }),
    drawn: await decoding.multinomial(stepper, {
      ...options,
      generator: xoshiro128(3),
      processors: standardProcessors({ topK: 20, topP: 0.9 }),
    }),
    logProbabilities: decoding.logSoftmax(table[0]!),
  };
}

describe("a platform without the kernels", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each([
    { what: "no WebAssembly", global: "WebAssembly", value: undefined },
    { what: "no atob", global: "atob", value: undefined },
    {
      what: "no leave to compile",
      global: "WebAssembly",
      value: {
        ...WebAssembly,
        Module: class {
          constructor() {
            throw new Error("unsafe-eval is not allowed");
          }
        },
      },
    },
  ])("with $what finds the same, to the bit", async ({ global, value }) => {
    const expected = await found({ beamSearch, logSoftmax, multinomial });
    vi.stubGlobal(global, value);
    vi.resetModules();
    const { wasmRow } = await import("../../src/row-kernels/wasm-row.ts");
    const result = await found(await import("../../src/index.ts"));
    expect(wasmRow()).toBeUndefined();
    expect(result).toEqual(expected);
  });
});
