import { useBackend } from "@rnnkit/backends";
import * as tf from "@tensorflow/tfjs";
import type { Example, ExampleOptions, ExampleResult } from "./example.ts";

/** A result, with where and how fast it came about. */
export interface ExampleRecord extends ExampleResult {
  readonly seconds: number;
  readonly backend: string;
  readonly numThreads?: number;
}

/** Runs one example on the fastest backend that starts here. */
export async function runExample({ run }: Example, options: ExampleOptions): Promise<ExampleRecord> {
  tf.enableProdMode(); // silences TensorFlow.js's notice about its cpu backend
  const { name: backend, numThreads } = await useBackend();
  const startMs = performance.now();
  const result = await run(options);
  const seconds = Math.round((performance.now() - startMs) / 100) / 10;
  return { ...result, seconds, backend, ...(numThreads !== undefined && { numThreads }) };
}
