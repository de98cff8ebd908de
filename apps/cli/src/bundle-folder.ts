import { isBundleFile, type Bundle } from "@rnnkit/models";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

// A bundle is replaced as a whole: written beside its place, synced, and put there by renaming. Between the two renames
// the old one stands under its second name, where `readBundle` finds it if the process dies just then.
const nextName = (folder: string) => `${folder}.next`;
const previousName = (folder: string) => `${folder}.previous`;

/**
 * Checks, before any work is done, that a bundle may be put in a folder: that it is not there, empty, or holds a bundle.
 *
 * @throws Error when it is a file or holds anything else, which replacing it would lose.
 */
export async function checkBundleFolder(folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    throw new Error(`cannot save in ${folder}: ${code === "ENOTDIR" ? "it is a file" : message}`, { cause: error });
  }
  const other = names.find((name) => !isBundleFile(name));
  if (other !== undefined) {
    throw new Error(
      `cannot save in ${folder}: it holds ${other}, which is no part of a model; name another folder with --out`,
    );
  }
}

/** Saves a bundle atomically: at every moment the folder holds all of the old one or all of the new one. */
export async function writeBundle(folder: string, bundle: Bundle): Promise<void> {
  await checkBundleFolder(folder);
  const place = resolve(folder);
  await mkdir(dirname(place), { recursive: true });
  await rm(nextName(place), { recursive: true, force: true });
  await mkdir(nextName(place));
  for (const [name, bytes] of Object.entries(bundle)) await writeSynced(join(nextName(place), name), bytes);
  await sync(nextName(place));
  if (existsSync(place)) {
    await rm(previousName(place), { recursive: true, force: true });
    await rename(place, previousName(place));
  }
  await rename(nextName(place), place);
  await sync(dirname(place));
  await rm(previousName(place), { recursive: true, force: true });
}

/** Reads the files of a bundle. @throws Error when the folder is none, naming what cannot be read. */
export async function readBundle(folder: string): Promise<Bundle> {
  const place = existsSync(folder) ? folder : previousName(resolve(folder));
  if (!existsSync(place)) throw new Error(`there is no model in ${folder}: there is no such folder`);
  const files: Record<string, Uint8Array> = {};
  const found = (await readdir(place)).filter(isBundleFile);
  for (const name of new Set(["config.json", "model.safetensors", ...found])) {
    try {
      files[name] = new Uint8Array(await readFile(join(place, name)));
    } catch (error) {
      throw new Error(`there is no model in ${folder}: ${name} cannot be read from ${basename(place)}`, {
        cause: error,
      });
    }
  }
  return files;
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable, where the platform lets a folder be opened. */
async function sync(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
