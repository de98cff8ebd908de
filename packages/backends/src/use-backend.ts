import * as tf from "@tensorflow/tfjs";
import { ENGINES, type BackendName } from "./engines.ts";

/** In this order, where no backend is asked for: the fastest at recurrent nets first. */
const PREFERRED = ["wasm", "cpu"] as const;

export interface UseBackendOptions {
  /** The backend to use. Default: the best one installed. */
  readonly name?: BackendName;
}

export interface ActiveBackend {
  readonly name: BackendName;
  /** Why this one: a phrase to be printed behind the name. */
  readonly reason: string;
  /** The threads it computes on; absent where that is not for JavaScript to know. */
  readonly numThreads?: number;
}

/**
 * Makes TensorFlow.js compute on a backend, for the whole process, and says on which and why.
 *
 * Without a name it takes `wasm` where `@tensorflow/tfjs-backend-wasm` is installed, else `cpu`. The others are taken only
 * by name: `webgl` in a browser, `tensorflow` and `tensorflow-gpu` in Node where `@tensorflow/tfjs-node` or its GPU sister
 * is installed. In a browser the files of `wasm` must be served and named by `setWasmPaths` first.
 *
 * @throws RangeError when there is no backend of that name.
 * @throws Error when its package is not installed or it does not start here; another backend stays active then.
 */
export async function useBackend({ name }: UseBackendOptions = {}): Promise<ActiveBackend> {
  if (name !== undefined) return activate(name, "asked for");
  const failures: string[] = [];
  for (const candidate of PREFERRED) {
    try {
      return await activate(candidate, ["the best one installed", ...failures].join("; "));
    } catch (error) {
      failures.push((error as Error).message.replace("useBackend: ", ""));
    }
  }
  throw new Error(`useBackend: no backend starts here: ${failures.join("; ")}`);
}

async function activate(name: BackendName, reason: string): Promise<ActiveBackend> {
  if (!Object.hasOwn(ENGINES, name)) {
    throw new RangeError(`useBackend: name must be one of ${Object.keys(ENGINES).join(", ")}, got ${String(name)}`);
  }
  const { load, packageName, tfjsName, numThreads } = ENGINES[name];
  try {
    await load();
  } catch (cause) {
    throw new Error(
      `useBackend: ${name} needs the package ${packageName}; install it with npm install ${packageName}`,
      {
        cause,
      },
    );
  }
  const before = tf.engine().backendName;
  if (!tf.engine().registryFactory[tfjsName] || !(await tf.setBackend(tfjsName))) {
    if (before) await tf.setBackend(before);
    throw new Error(`useBackend: ${name} does not start on this platform`);
  }
  const threads = await numThreads();
  return { name, reason, ...(threads !== undefined && { numThreads: threads }) };
}
