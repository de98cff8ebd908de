import type { Batch } from "@rnnkit/samplers";

/** Consecutive windows of T tokens of each row, each batch the continuation of the one before. */
export function streamBatches(stream: readonly (readonly number[])[], numTimeSteps: number): Batch[] {
  const length = Math.floor((stream[0]!.length - 1) / numTimeSteps);
  return Array.from({ length }, (_, i): Batch => {
    const window = (shift: number) =>
      Int32Array.from(stream.flatMap((row) => row.slice(i * numTimeSteps + shift, (i + 1) * numTimeSteps + shift)));
    return { inputs: window(0), targets: window(1), shape: [stream.length, numTimeSteps], isContinuation: i > 0 };
  });
}
