import { useBackend } from "@rnnkit/backends";
import { train, type Loss, type Optimizer, type State } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import type { Engine } from "./measure.ts";
import type { TrainingStep } from "./training-job.ts";

export interface TrainEngineOptions {
  readonly backend: "rnnkit-simd" | "wasm";
  readonly threads?: number;
}

interface Training<Batch, S extends State> {
  /** Owned by the engine from now on. */
  readonly model: { readonly parameters: Readonly<Record<string, tf.Variable>>; dispose(): void };
  /** Initial values by the names of the parameters. */
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly loss: Loss<Batch, S>;
  /** Owned by the engine from now on. */
  readonly optimizer: Optimizer;
  /** What an iteration learns from, each in a step. */
  readonly batches: readonly Batch[];
  /** Default: gradients are not clipped. */
  readonly maxGradientNorm?: number | undefined;
}

/**
 * Steps of rnnkit's `train` on the same batches over and over, clipping included: what an application does.
 *
 * @param prepare called when the backend is active.
 */
export async function trainEngine<Batch extends { readonly isContinuation: boolean }, S extends State>(
  { backend, threads }: TrainEngineOptions,
  prepare: () => Training<Batch, S>,
): Promise<Engine<TrainingStep>> {
  const activate = () => useBackend({ name: backend, ...(threads !== undefined && { numThreads: threads }) });
  const { numThreads = 1 } = await activate();
  const { model, values, loss, optimizer, batches, maxGradientNorm } = prepare();
  for (const [name, variable] of Object.entries(model.parameters)) {
    tf.tidy(() => variable.assign(tf.tensor(values[name]!, variable.shape)));
  }
  const reports = train({
    parameters: model.parameters,
    batches: { epoch: () => batches },
    loss,
    optimizer,
    ...(maxGradientNorm !== undefined && { maxGradientNorm }),
    reportEvery: batches.length,
    numSteps: Number.MAX_SAFE_INTEGER,
  });
  return {
    name: backend === "rnnkit-simd" ? "rnnkit simd" : `rnnkit ${backend}`,
    threads: numThreads,
    async activate() {
      await activate();
    },
    async step() {
      const startMs = performance.now();
      const { value } = await reports.next();
      return { ms: performance.now() - startMs, lossNats: value!.meanLoss };
    },
    async dispose() {
      await reports.return();
      optimizer.dispose();
      model.dispose();
    },
  };
}
