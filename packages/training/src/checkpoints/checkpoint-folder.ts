import type { CheckpointStore } from "./checkpoint-store.ts";

/** The few functions of `node:fs/promises` that a folder of checkpoints needs; the module itself fits. */
export interface CheckpointFS {
  mkdir(path: string, options: { readonly recursive: true }): Promise<unknown>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  open(path: string, flags: string): Promise<CheckpointFile>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options: { readonly force: true }): Promise<void>;
}

export interface CheckpointFile {
  writeFile(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

const NAME = /^checkpoint-(\d+)\.safetensors$/;

/**
 * A folder of checkpoints, `checkpoint-<step>.safetensors`. Each is written beside its place, synced, renamed, and its name synced:
 * whenever the process or the machine dies, what has the name of a checkpoint is whole. Files of other names are left alone.
 *
 * @param path made with its parents at the first write. One run, and one process at a time, has it for itself.
 * @param options fs: `node:fs/promises`, or what behaves like it. keep: how many of the last checkpoints stay, default 3.
 * @throws RangeError when `keep` is not a positive integer; all methods, whatever `fs` throws.
 */
export function checkpointFolder(
  path: string,
  { fs, keep = 3 }: { readonly fs: CheckpointFS; readonly keep?: number },
): CheckpointStore {
  if (!Number.isSafeInteger(keep) || keep < 1) {
    throw new RangeError(`checkpointFolder: keep must be a positive integer, got ${keep}`);
  }
  const fileOf = (step: number) => `${path}/checkpoint-${String(step).padStart(8, "0")}.safetensors`;
  const steps = async () => {
    const numbers = (await namesIn(path, fs)).flatMap((name) => NAME.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((left, right) => left - right);
  };
  return {
    steps,
    read: async (step) => new Uint8Array(await fs.readFile(fileOf(step))),
    async write(step, bytes) {
      await fs.mkdir(path, { recursive: true });
      const partial = `${fileOf(step)}.partial`;
      try {
        await writeSynced(partial, { bytes, fs });
        await fs.rename(partial, fileOf(step));
      } catch (error) {
        await fs.rm(partial, { force: true }).catch(() => {}); // the error that counts is the first
        throw error;
      }
      await syncFolder(path, fs);
      const all = await steps();
      const kept = all.filter((each) => each <= step).slice(-keep);
      for (const each of all) if (!kept.includes(each)) await fs.rm(fileOf(each), { force: true });
    },
  };
}

async function namesIn(path: string, fs: CheckpointFS): Promise<string[]> {
  try {
    return await fs.readdir(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

async function writeSynced(path: string, { bytes, fs }: { bytes: Uint8Array; fs: CheckpointFS }): Promise<void> {
  const file = await fs.open(path, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable. Windows opens no folder, and needs none of this. */
async function syncFolder(path: string, fs: CheckpointFS): Promise<void> {
  let folder: CheckpointFile;
  try {
    folder = await fs.open(path, "r");
  } catch (error) {
    if (["EISDIR", "EPERM"].includes(codeOf(error) ?? "")) return;
    throw error;
  }
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string } | undefined)?.code;
}
