import type { CarriedBatch, State } from "../loss.ts";
import type { CompleteOptions } from "../train-options.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Json } from "./checkpoint-options.ts";
import { planOf } from "./run-plan.ts";

/** @throws RangeError, naming what is different, when a checkpoint is not one of this run. */
export function checkSameRun<Batch extends CarriedBatch, S extends State>(
  { step, record, tensors }: Checkpoint,
  run: CompleteOptions<Batch, S>,
): void {
  const refuse = (what: string, expected: string, found: string): never => {
    throw new RangeError(`train: the checkpoint of step ${step} must have ${what} ${expected}, got ${found}`);
  };
  const { fingerprint } = run.checkpoints!;
  for (const [name, expected, found] of differences(fingerprint, record.fingerprint)) {
    refuse(`the fingerprint${name}`, expected, found);
  }
  for (const [name, expected, found] of differences({ ...planOf(run, record.progress.next) }, { ...record.plan })) {
    refuse(`the plan${name}`, expected, found);
  }
  const describe = (shapes: Iterable<readonly [string, readonly number[]]>) =>
    Array.from(shapes, ([name, shape]) => `${name} [${shape.join(", ")}]`)
      .sort()
      .join(", ");
  const expected = describe(Object.entries(run.parameters).map(([name, { shape }]) => [name, shape]));
  const saved = [...tensors].filter(([name]) => name.startsWith("parameters/"));
  const found = describe(saved.map(([name, { shape }]) => [name.slice("parameters/".length), shape]));
  if (expected !== found) refuse("the parameters", expected, found);
}

/** Of two values, what differs: its path, and both values as JSON. */
function* differences(left: Json, right: Json, path = ""): Generator<readonly [string, string, string]> {
  if (isRecord(left) && isRecord(right)) {
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      yield* differences(left[name] ?? null, right[name] ?? null, `${path}.${name}`);
    }
    return;
  }
  const [expected, found] = [JSON.stringify(left), JSON.stringify(right)];
  if (expected !== found) yield [path, expected, found];
}

function isRecord(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
