import { activeSimd, registerSimd, SIMD_BACKEND } from "./simd/register-simd.ts";

/** What `useBackend` can choose from. */
export type BackendName = "rnnkit-simd" | "wasm" | "cpu" | "webgl" | "tensorflow" | "tensorflow-gpu";

export interface Engine {
  /** The name under which TensorFlow.js knows it. */
  readonly tfjsName: string;
  /** The npm package that brings it. */
  readonly packageName: string;
  /** Imports that package, which registers the backend; fails when it is not installed. */
  readonly load: () => Promise<unknown>;
  /** The threads that it computes on, once it is ready; `undefined` where that is not for JavaScript to know. */
  readonly numThreads: () => Promise<number | undefined>;
}

const one = () => Promise.resolve(1);
const unknown = () => Promise.resolve(undefined);

/** A package that a bundler for browsers must not look for. */
const importNative = (packageName: string): Promise<unknown> => import(/* @vite-ignore */ packageName);

export const ENGINES: Readonly<Record<BackendName, Engine>> = {
  "rnnkit-simd": {
    tfjsName: SIMD_BACKEND,
    packageName: "@rnnkit/backends",
    load: async () => registerSimd(),
    numThreads: async () => activeSimd()?.numThreads,
  },
  wasm: {
    tfjsName: "wasm",
    packageName: "@tensorflow/tfjs-backend-wasm",
    load: () => import("@tensorflow/tfjs-backend-wasm"),
    numThreads: async () => (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount(),
  },
  cpu: {
    tfjsName: "cpu",
    packageName: "@tensorflow/tfjs",
    load: () => import("@tensorflow/tfjs"),
    numThreads: one,
  },
  webgl: {
    tfjsName: "webgl",
    packageName: "@tensorflow/tfjs",
    load: () => import("@tensorflow/tfjs"),
    numThreads: unknown,
  },
  tensorflow: {
    tfjsName: "tensorflow",
    packageName: "@tensorflow/tfjs-node",
    load: () => importNative("@tensorflow/tfjs-node"),
    numThreads: unknown,
  },
  "tensorflow-gpu": {
    tfjsName: "tensorflow",
    packageName: "@tensorflow/tfjs-node-gpu",
    load: () => importNative("@tensorflow/tfjs-node-gpu"),
    numThreads: unknown,
  },
};
