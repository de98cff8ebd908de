import * as tf from "@tensorflow/tfjs";
import { activeSimd } from "./simd/register-simd.ts";
import { ENGINES, type BackendName } from "./engines.ts";

/** In this order, where no backend is asked for: the fastest at recurrent nets first. */
const PREFERRED = ["rnnkit-simd", "wasm", "cpu"] as const;

export interface UseBackendOptions {
  /** The backend to use. Default: the fastest one that starts here. */
  readonly name?: BackendName;
  /**
   * The threads for `rnnkit-simd`, this one included; the other backends choose for themselves. Default: the environment variable
   * RNNKIT_THREADS, or as many as the machine runs at once, at most 8.
   */
  readonly numThreads?: number;
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
 * Without a name it takes `rnnkit-simd`, our own; where WebAssembly SIMD is missing, `wasm` of `@tensorflow/tfjs-backend-wasm` if that
 * is installed, else `cpu`. The others are taken only by name: `webgl` in a browser, `tensorflow` and `tensorflow-gpu` in Node where
 * `@tensorflow/tfjs-node` or its GPU sister is installed. In a browser the files of `wasm` must be served and named by
 * `setWasmPaths` first.
 *
 * @throws RangeError when there is no backend of that name, or the number of threads is out of range.
 * @throws Error when its package is not installed or it does not start here; another backend stays active then.
 */
export async function useBackend({ name, numThreads }: UseBackendOptions = {}): Promise<ActiveBackend> {
  if (name !== undefined) return activate(name, "asked for", numThreads);
  const failures: string[] = [];
  for (const candidate of PREFERRED) {
    try {
      return await activate(candidate, ["the fastest that starts here", ...failures].join("; "), numThreads);
    } catch (error) {
      if (error instanceof RangeError) throw error; // what was asked for is wrong
      failures.push((error as Error).message.replace("useBackend: ", ""));
    }
  }
  throw new Error(`useBackend: no backend starts here: ${failures.join("; ")}`);
}

async function activate(name: BackendName, reason: string, wantedThreads: number | undefined): Promise<ActiveBackend> {
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
  if (name === "rnnkit-simd" && wantedThreads !== undefined) activeSimd()!.useThreads(wantedThreads);
  const threads = await numThreads();
  return { name, reason, ...(threads !== undefined && { numThreads: threads }) };
}
