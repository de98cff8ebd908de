/**
 * What this package asks of the platform beyond ECMAScript: WebAssembly everywhere, workers in one of two forms, and Node's flag
 * for relaxed SIMD. Typed here as narrowly as it is used, so that the package depends on no platform's declarations.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(numPages: number): number;
}

export interface WasmModule {
  readonly isWasmModule: true;
}

interface WebAssemblyNamespace {
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<WasmModule>;
  readonly Memory: new (options: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory; abort: () => void } },
  ) => { readonly exports: unknown };
}

/** A thread, in Node or in a browser. */
export interface WorkerHandle {
  terminate(): unknown;
}

interface NodeWorker extends WorkerHandle {
  on(event: "error" | "exit", listener: () => void): void;
  unref(): void;
}

interface BrowserWorker extends WorkerHandle {
  postMessage(data: unknown): void;
  onerror: (() => void) | null;
}

interface Platform {
  readonly WebAssembly: WebAssemblyNamespace;
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly getBuiltinModule?: (name: string) => never;
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
  readonly Worker?: new (url: string) => BrowserWorker;
  readonly Blob: new (parts: string[], options: { type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
  readonly performance: { now(): number };
  atob(base64: string): string;
}

export const platform = globalThis as unknown as Platform;

interface WorkerThreads {
  readonly Worker: new (
    code: string,
    options: { eval: true; workerData: unknown; execArgv: string[]; stdin: false },
  ) => NodeWorker;
}

/** A module of Node's own; `undefined` elsewhere. */
export function nodeModule<Module>(name: string): Module | undefined {
  return platform.process?.getBuiltinModule?.(name) as Module | undefined;
}

/** An environment variable; `undefined` where there is no environment. */
export function environment(name: string): string | undefined {
  return platform.process?.env?.[name];
}

/** The threads that this machine runs at once. */
export function hardwareThreads(): number {
  const os = nodeModule<{ availableParallelism(): number }>("os");
  return os?.availableParallelism() ?? platform.navigator?.hardwareConcurrency ?? 1;
}

/** Whether memory can be shared between threads here, and threads be had. */
export function hasThreads(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  if (nodeModule("worker_threads")) return true;
  return platform.crossOriginIsolated === true && platform.Worker !== undefined;
}

/**
 * Starts a thread that runs a function of the kernels' worker script, and never keeps the process alive.
 *
 * @param code a script in which `data` is what is handed over.
 * @param onEnd called when the thread has ended, for whatever reason.
 */
export function startWorker(code: string, data: unknown, onEnd: () => void): WorkerHandle {
  const threads = nodeModule<WorkerThreads>("worker_threads");
  if (threads) {
    const script = `const data = require("worker_threads").workerData;${code}`;
    const worker = new threads.Worker(script, { eval: true, workerData: data, execArgv: [], stdin: false });
    worker.on("error", onEnd);
    worker.on("exit", onEnd);
    worker.unref();
    return worker;
  }
  const url = platform.URL.createObjectURL(
    new platform.Blob([`onmessage = ({ data }) => {${code}}`], { type: "text/javascript" }),
  );
  const worker = new platform.Worker!(url);
  worker.onerror = onEnd;
  worker.postMessage(data);
  return worker;
}
