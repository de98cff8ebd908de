import type { Output, SimdBackend } from "./simd-backend.ts";

/** Runs a kernel into outputs that were made for it, and gives these back when it refuses its arguments. */
export function releasing<Result>(
  backend: Pick<SimdBackend, "disposeData">,
  outputs: readonly Output[],
  run: () => Result,
): Result {
  try {
    return run();
  } catch (error) {
    for (const { info } of outputs) backend.disposeData(info.dataId);
    throw error;
  }
}
