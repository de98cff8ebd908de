import { decodeSafetensors } from "@rnnkit/interop";
import { CHECKPOINT_FORMAT, type Checkpoint, type CheckpointRecord } from "./checkpoint.ts";
import type { CheckpointStore } from "./checkpoint-store.ts";
import { isSealed } from "./seal.ts";

/**
 * The last checkpoint of a store that is whole, for `checkpoints.resume` of `train`. Damaged ones, cut off or changed since they
 * were written, are passed over and named.
 *
 * @returns `undefined` where the store has none.
 * @throws Error when it has some and all are damaged; RangeError for one of another version of rnnkit.
 */
export async function latestCheckpoint(store: CheckpointStore): Promise<Checkpoint | undefined> {
  const damaged: number[] = [];
  for (const step of [...(await store.steps())].reverse()) {
    const bytes = await store.read(step);
    if (!(await isSealed(bytes))) {
      damaged.push(step);
      continue;
    }
    const { tensors, metadata } = decodeSafetensors(bytes);
    const record = JSON.parse(metadata.get("training") ?? "{}") as CheckpointRecord;
    const format: unknown = record.format;
    if (format !== CHECKPOINT_FORMAT) {
      const found = JSON.stringify(format);
      throw new RangeError(`latestCheckpoint: the format of step ${step} must be ${CHECKPOINT_FORMAT}, got ${found}`);
    }
    return { step, damaged, record, tensors };
  }
  if (damaged.length === 0) return undefined;
  throw new Error(
    `latestCheckpoint: store must hold a whole checkpoint, got damaged ones of step ${damaged.join(", ")}`,
  );
}
