import { useBackend } from "@rnnkit/backends";
import { softmaxCrossEntropy } from "@rnnkit/ops";
import { uniform, xoshiro128 } from "@rnnkit/random";
import { sequentialBatches, type Batch } from "@rnnkit/samplers";
import * as tf from "@tensorflow/tfjs";
import * as fc from "fast-check";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  adagrad,
  adam,
  adamW,
  BestParameters,
  checkpointFolder,
  cosineSchedule,
  latestCheckpoint,
  linearWarmUp,
  reduceOnPlateau,
  rmsprop,
  sgd,
  train,
  type CheckpointFS,
  type Loss,
  type Optimizer,
  type TrainOptions,
} from "@rnnkit/training";

const V = 5;
const H = 6;
const CORPUS = Int32Array.from({ length: 200 }, (_, i) => (i * i + (i >> 2)) % V);

interface Model {
  readonly parameters: Record<string, tf.Variable>;
  readonly loss: Loss<Batch, { hidden: [tf.Tensor2D] }>;
}

/** h' = tanh(x·U + h·W), with dropout on h' while it is trained: a state that is carried and chance that must be resumed. */
function createModel(): Model {
  const generator = xoshiro128(3);
  const draw = (rows: number, columns: number) =>
    tf.tidy(() =>
      tf.variable(
        tf.tensor2d(
          Float32Array.from({ length: rows * columns }, () => uniform(generator) - 0.5),
          [rows, columns],
        ),
      ),
    );
  const parameters = { U: draw(V, H), W: draw(H, H), out: draw(H, V) };
  const loss: Model["loss"] = ({ inputs, targets, shape: [rows, steps] }, state, training) =>
    tf.tidy(() => {
      const ids = tf.oneHot(tf.tensor2d(inputs, [rows, steps], "int32"), V);
      let h: tf.Tensor2D = state?.hidden[0] ?? tf.zeros([rows, H]);
      const outputs: tf.Tensor2D[] = [];
      for (let t = 0; t < steps; t++) {
        const x = tf.reshape(tf.slice(ids, [0, t, 0], [rows, 1, V]), [rows, V]) as tf.Tensor2D;
        h = tf.tanh(tf.add(tf.matMul(tf.cast(x, "float32"), parameters.U), tf.matMul(h, parameters.W)));
        if (training) {
          const mask = Float32Array.from({ length: rows * H }, () => (uniform(training.generator) < 0.2 ? 0 : 1.25));
          h = tf.mul(h, tf.tensor2d(mask, [rows, H]));
        }
        outputs.push(tf.matMul(h, parameters.out));
      }
      const logits = tf.reshape(tf.stack(outputs, 1), [rows * steps, V]) as tf.Tensor2D;
      const meanLoss: tf.Scalar = tf.mean(softmaxCrossEntropy(logits, tf.tensor1d(targets, "int32")));
      return { meanLoss, count: targets.length, state: { hidden: [h] as [tf.Tensor2D] } };
    });
  return { parameters, loss };
}

type Options = Partial<TrainOptions<Batch, { hidden: [tf.Tensor2D] }>>;

const batches = sequentialBatches(CORPUS, { batchSize: 2, numSteps: 7, seed: 5 });
const validation = { batches: [batches.epoch(99).at(0)!], every: 2 };
const OPTIMIZERS: Record<string, () => Optimizer> = {
  sgd: () => sgd({ learningRate: 0.5 }),
  momentum: () => sgd({ learningRate: 0.1, momentum: 0.9, isNesterov: true }),
  rmsprop: () => rmsprop({ momentum: 0.5, isCentered: true }),
  adagrad: () => adagrad({ learningRate: 0.1, learningRateDecay: 0.1 }),
  adam: () => adam({ learningRate: 0.05 }),
  adamW: () => adamW({ learningRate: 0.05 }),
};
const CONFIGURATIONS: Record<string, () => Options> = {
  plain: () => ({}),
  accumulated: () => ({ batchesPerStep: 3, maxGradientNorm: 0.5 }),
  scheduled: () => ({ schedule: linearWarmUp({ numSteps: 3, after: cosineSchedule({ numSteps: 30 }) }) }),
  plateau: () => ({ validation, plateau: reduceOnPlateau({ factor: 0.5, patience: 0, threshold: 0.1, cooldown: 1 }) }),
  "reported rarely": () => ({ reportEvery: 7, maxGradientValue: 0.1 }),
};

let folder: string;
let store: ReturnType<typeof checkpointFolder>;
beforeAll(() => {
  tf.enableProdMode();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rnnkit-training-"));
  store = checkpointFolder(folder, { fs });
  return () => rm(folder, { recursive: true, force: true });
});

const fileOf = (step: number) => join(folder, `checkpoint-${String(step).padStart(8, "0")}.safetensors`);

const NUM_STEPS = 40; // into a third epoch

interface Outcome {
  readonly values: Record<string, number[]>;
  readonly best: Record<string, number[]>;
  readonly reports: unknown[];
}

/** Whether a file system of any size can be had: by root, where the platform lets it. */
function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(join(tmpdir(), "rnnkit-mount-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", place]);
  if (status === 0) execFileSync("umount", [place]);
  rmdirSync(place);
  return status === 0;
}

/** A run in a process of its own, as far as it can be told: new model, new optimizer. It ends at `end`, if there is one. */
async function run(
  optimizer: Optimizer,
  options: Options,
  { end, isSaved = true }: { readonly end?: number; readonly isSaved?: boolean } = {},
): Promise<Outcome> {
  const { parameters, loss } = createModel();
  const best = new BestParameters();
  const controller = new AbortController();
  const resume = isSaved ? await latestCheckpoint(store) : undefined;
  const reports: unknown[] = [];
  try {
    for await (const report of train({
      ...{ parameters, loss, batches, optimizer, numSteps: NUM_STEPS, seed: 11 },
      ...(options.validation && { best }),
      ...(isSaved && { checkpoints: { store, every: 5, fingerprint: { H, V }, resume } }),
      signal: controller.signal,
      ...options,
    })) {
      const { elapsedMs, remainingMs, tokensPerSecond, memoryBytes, ending, ...lasting } = report;
      expect([elapsedMs, remainingMs, tokensPerSecond, memoryBytes].every((value) => value >= 0)).toBe(true);
      // A report that only the signal brought on is none of the unbroken run's.
      const isInterrupted = ending === "interrupted";
      const isDue = report.validation !== undefined || report.step % (options.reportEvery ?? 1) === 0;
      if (!isInterrupted || isDue) reports.push({ ...lasting, ...(ending && !isInterrupted && { ending }) });
      if (end !== undefined && report.step >= end - 1) controller.abort();
    }
    const read = (tensors: Readonly<Record<string, tf.Tensor>>) =>
      Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, [...tensor.dataSync()]]));
    return { values: read(parameters), best: read(best.tensors), reports };
  } finally {
    best.dispose();
    optimizer.dispose();
    tf.dispose(parameters);
  }
}

/** Runs, ends at each of `ends`, and goes on; the reports are those of all parts. */
async function runInParts(make: () => Optimizer, options: Options, ends: readonly number[]): Promise<Outcome> {
  const reports: unknown[] = [];
  for (const end of ends) reports.push(...(await run(make(), options, { end })).reports);
  const last = await run(make(), options);
  return { ...last, reports: [...reports, ...last.reports] };
}

describe("train({ checkpoints })", () => {
  it.each(
    Object.keys(OPTIMIZERS).flatMap((name) => Object.keys(CONFIGURATIONS).map((other) => [name, other] as const)),
  )("resumed is, to the bit, the unbroken run: %s, %s", async (optimizer, configuration) => {
    const [make, options] = [OPTIMIZERS[optimizer]!, CONFIGURATIONS[configuration]!()];
    const unbroken = await run(make(), options, { isSaved: false });
    expect(await runInParts(make, options, [8, 23])).toEqual(unbroken);
  });

  it("resumed anywhere is the unbroken run", async () => {
    const options = CONFIGURATIONS["plateau"]!();
    const unbroken = await run(OPTIMIZERS["adam"]!(), options, { isSaved: false });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: NUM_STEPS - 1 }), { maxLength: 3 }), async (ends) => {
        await rm(folder, { recursive: true });
        expect(
          await runInParts(
            OPTIMIZERS["adam"]!,
            options,
            ends.sort((a, b) => a - b),
          ),
        ).toEqual(unbroken);
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  it.each([1, 2])("resumed on rnnkit-simd with %d threads is the unbroken run", async (numThreads) => {
    await useBackend({ name: "rnnkit-simd", numThreads });
    const [make, options] = [OPTIMIZERS["adam"]!, CONFIGURATIONS["accumulated"]!()];
    const unbroken = await run(make(), options, { isSaved: false });
    expect(await run(make(), options, { isSaved: false })).toEqual(unbroken);
    expect(await runInParts(make, options, [13, 17])).toEqual(unbroken);
    await tf.setBackend("cpu");
  });

  it("ends early where the unbroken run does, and does nothing when it is resumed after that", async () => {
    const make = () => sgd({ learningRate: 1e-7 });
    const options = { validation, earlyStopping: { patience: 3, minDelta: 0.1 } };
    const unbroken = await run(make(), options, { isSaved: false });
    expect(unbroken.reports.at(-1)).toMatchObject({ step: 8, ending: "stopped early" });
    expect(await runInParts(make, options, [5])).toEqual(unbroken);
    expect((await run(make(), options)).reports).toEqual([]);
  });

  it("keeps the last three checkpoints", async () => {
    await run(sgd({ learningRate: 1 }), {});
    expect(await store.steps()).toEqual([30, 35, 40]);
    expect((await readdir(folder)).every((name) => /^checkpoint-\d{8}\.safetensors$/.test(name))).toBe(true);
  });

  it("goes on with more steps, where a run has ended", async () => {
    const unbroken = await run(OPTIMIZERS["adam"]!(), {}, { isSaved: false });
    await run(OPTIMIZERS["adam"]!(), { numSteps: 17 });
    expect((await run(OPTIMIZERS["adam"]!(), {})).values).toEqual(unbroken.values);
  });
});

describe("a damaged checkpoint", () => {
  it("is detected wherever a byte is changed or the file ends, and the one before is taken", async () => {
    await run(OPTIMIZERS["adam"]!(), {}, { end: 10 });
    const whole = await readFile(fileOf(10));
    const places = fc.record({ at: fc.nat({ max: whole.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(places, fc.boolean(), async ({ at, bits }, isCut) => {
        if (isCut) {
          await truncate(fileOf(10), at);
        } else {
          const changed = Uint8Array.from(whole);
          changed[at]! ^= bits;
          await writeFile(fileOf(10), changed);
        }
        expect(await latestCheckpoint(store)).toMatchObject({ step: 5, damaged: [10] });
        await writeFile(fileOf(10), whole);
      }),
      {
        numRuns: 60,
        seed: 1,
        examples: [
          [{ at: 0, bits: 1 }, false],
          [{ at: 40, bits: 1 }, false],
        ],
      },
    );
    expect(await latestCheckpoint(store)).toMatchObject({ step: 10, damaged: [] });
  });

  it("costs nothing but time: the run goes on from the one before, and ends as the unbroken one", async () => {
    const unbroken = await run(OPTIMIZERS["adam"]!(), {}, { isSaved: false });
    await run(OPTIMIZERS["adam"]!(), {}, { end: 24 });
    await truncate(fileOf(24), 1000);
    await run(OPTIMIZERS["adam"]!(), {}, { end: 22 });
    expect(await store.steps()).toEqual([15, 20, 22]);
    expect((await run(OPTIMIZERS["adam"]!(), {})).values).toEqual(unbroken.values);
  });

  it("is an error where there is no other", async () => {
    await run(OPTIMIZERS["adam"]!(), {}, { end: 10 });
    for (const step of [5, 10]) await writeFile(fileOf(step), "");
    await expect(latestCheckpoint(store)).rejects.toThrow(
      "latestCheckpoint: store must hold a whole checkpoint, got damaged ones of step 10, 5",
    );
  });
});

describe("a checkpoint of another run", () => {
  const snapshot = async () =>
    Promise.all(
      (await readdir(folder)).map(async (name) => [name, (await readFile(join(folder, name))).toString("hex")]),
    );

  it.each<[string, Options | (() => Options), string]>([
    ["seed", { seed: 12 }, "train: the checkpoint of step 10 must have the plan.seed 12, got 11"],
    ["optimizer", () => ({ optimizer: adam() }), 'must have the plan.optimizer "adam", got "sgd"'],
    ["accumulation", { batchesPerStep: 2 }, "must have the plan.batchesPerStep 2, got 1"],
    [
      "batches",
      { batches: sequentialBatches(CORPUS.subarray(50), { batchSize: 2, numSteps: 7, seed: 5 }) },
      "must have the plan.epochLength 10, got 14",
    ],
    [
      "model",
      () => ({ parameters: { U: tf.tidy(() => tf.variable(tf.zeros([V, H]))) } }),
      "must have the parameters U [5, 6], got U [5, 6], W [6, 6], out [6, 5]",
    ],
  ])("is refused, and nothing is changed: another %s", async (_, other, message) => {
    await run(sgd({ learningRate: 1 }), {}, { end: 10 });
    const before = await snapshot();
    tf.engine().startScope();
    const options = typeof other === "function" ? other() : other;
    await expect(run(sgd({ learningRate: 1 }), options)).rejects.toThrow(message);
    for (const variable of Object.values(options.parameters ?? {})) variable.dispose();
    tf.engine().endScope();
    expect(await snapshot()).toEqual(before);
  });

  it("is refused with another fingerprint, which is named", async () => {
    await run(sgd({ learningRate: 1 }), {}, { end: 10 });
    const resume = await latestCheckpoint(store);
    const fingerprint = { H, V: 6 };
    const resumed = run(sgd({ learningRate: 1 }), { checkpoints: { store, every: 5, fingerprint, resume } });
    await expect(resumed).rejects.toThrow("train: the checkpoint of step 10 must have the fingerprint.V 6, got 5");
  });

  it("is not overwritten by a new run", async () => {
    await run(sgd({ learningRate: 1 }), {}, { end: 10 });
    const before = await snapshot();
    const started = run(sgd({ learningRate: 1 }), { checkpoints: { store, every: 5, fingerprint: { H, V } } });
    await expect(started).rejects.toThrow(
      "train: checkpoints.store must be empty for a new run, got a checkpoint of step 10",
    );
    expect(await snapshot()).toEqual(before);
  });
});

describe("checkpointFolder(path, { fs }) when writing fails", () => {
  /** An `fs` on which the call number `failing` and all after it fail for want of space. */
  function full(failing: number): CheckpointFS {
    let calls = 0;
    const guarded = <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) => {
      return async (...args: Arguments): Promise<Result> => {
        if (++calls >= failing) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        return call(...args);
      };
    };
    return {
      mkdir: guarded((path, options) => fs.mkdir(path, options)),
      readdir: (path) => fs.readdir(path),
      readFile: (path) => fs.readFile(path),
      rename: guarded((from, to) => fs.rename(from, to)),
      rm: guarded((path, options) => fs.rm(path, options)),
      open: guarded(async (path, flags) => {
        const file = await fs.open(path, flags);
        return {
          // Half of the bytes are there when it fails, as on a full disk.
          writeFile: async (bytes) => {
            await file.writeFile(bytes.subarray(0, bytes.length >> 1));
            await guarded(() => file.writeFile(bytes.subarray(bytes.length >> 1)))();
          },
          sync: guarded(() => file.sync()),
          close: () => file.close(),
        };
      }),
    };
  }

  it("leaves the checkpoint before intact, at whichever call it fails", async () => {
    await run(OPTIMIZERS["adam"]!(), {}, { end: 10 });
    const before = await latestCheckpoint(store);
    const bytes = await store.read(10);
    const outcomes: string[] = [];
    while (outcomes.at(-1) !== "written") {
      await rm(join(folder, "checkpoint-00000015.safetensors"), { force: true });
      await store.write(10, bytes);
      const broken = checkpointFolder(folder, { fs: full(outcomes.length + 1), keep: 1 });
      const outcome = await broken.write(15, bytes).then(
        () => "written",
        (error: Error) => error.message,
      );
      expect(await latestCheckpoint(store)).toMatchObject({ damaged: [], record: before!.record });
      outcomes.push(outcome);
    }
    expect(outcomes.length).toBeGreaterThan(7); // a write makes more calls than that
    expect(new Set(outcomes.slice(0, -1))).toEqual(new Set(["ENOSPC: no space left on device"]));
    expect(await store.steps()).toEqual([15]);
  });

  it("ends the run with that error, and the run goes on from the checkpoint before", async () => {
    const unbroken = await run(OPTIMIZERS["adam"]!(), {}, { isSaved: false });
    const broken = checkpointFolder(folder, { fs: full(20) });
    const checkpoints = { store: broken, every: 5, fingerprint: { H, V } };
    await expect(run(OPTIMIZERS["adam"]!(), { checkpoints })).rejects.toThrow("ENOSPC");
    expect((await latestCheckpoint(store))!.step).toBeGreaterThan(0);
    expect((await run(OPTIMIZERS["adam"]!(), {})).values).toEqual(unbroken.values);
  });

  it.skipIf(!canMount())("so it does on a file system that is full (skipped where none can be mounted)", async () => {
    const unbroken = await run(OPTIMIZERS["adam"]!(), {}, { isSaved: false });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", folder]);
    try {
      const kept = { store: checkpointFolder(folder, { fs, keep: 100 }), every: 1, fingerprint: { H, V } };
      await expect(run(OPTIMIZERS["adam"]!(), { checkpoints: kept })).rejects.toThrow("ENOSPC");
      const resume = (await latestCheckpoint(store))!;
      expect(resume).toMatchObject({ damaged: [], step: (await store.steps()).at(-1)! });
      expect((await readdir(folder)).some((name) => name.endsWith(".partial"))).toBe(false);
      for (const step of (await store.steps()).slice(0, -1)) await rm(fileOf(step));
      const checkpoints = { ...kept, store: checkpointFolder(folder, { fs, keep: 1 }), every: 5, resume };
      expect((await run(OPTIMIZERS["adam"]!(), { checkpoints })).values).toEqual(unbroken.values);
    } finally {
      execFileSync("umount", [folder]);
    }
  });

  it("refuses to keep nothing", () => {
    expect(() => checkpointFolder("anywhere", { fs, keep: 0 })).toThrow(
      "checkpointFolder: keep must be a positive integer, got 0",
    );
  });
});

afterAll(async () => {
  await tf.setBackend("cpu");
});
