import { FUSED_BASE64, PLAIN_BASE64 } from "./kernels.gen.ts";
import { nodeModule, platform, type WasmMemory, type WasmModule } from "./platform.ts";

/** What the kernels export: see assembly/index.ts. */
export interface KernelExports {
  initialize(): void;
  isFused(): number;
  setThread(index: number): void;
  runTask(kernel: number, args: number, task: number, numTasks: number): void;
  finish(last: number): number;
  serve(): void;
}

export interface KernelModule {
  readonly module: WasmModule;
  /** Whether it multiplies and adds with one rounding, by relaxed SIMD. */
  readonly isFused: boolean;
}

/**
 * Compiles the kernels: with fused multiply-add where the engine knows relaxed SIMD and the machine really fuses, which halves the
 * arithmetic instructions of a product; else without. The choice depends on the machine alone, never on a measurement, so that
 * results are the same from run to run.
 */
export async function compileKernels({
  isShared,
  allowsFused,
}: {
  isShared: boolean;
  allowsFused: boolean;
}): Promise<KernelModule> {
  if (allowsFused) {
    const bytes = decode(FUSED_BASE64, isShared);
    allowRelaxedSimd(bytes);
    if (platform.WebAssembly.validate(bytes)) {
      const module = await platform.WebAssembly.compile(bytes);
      const memory = new platform.WebAssembly.Memory({ initial: 1, maximum: 65536, shared: isShared });
      if (instantiate(module, memory).isFused() !== 0) return { module, isFused: true };
    }
  }
  const bytes = decode(PLAIN_BASE64, isShared);
  if (!platform.WebAssembly.validate(bytes)) {
    throw new Error("createSimd: this platform must know WebAssembly SIMD and threads, and does not");
  }
  return { module: await platform.WebAssembly.compile(bytes), isFused: false };
}

export function instantiate(module: WasmModule, memory: WasmMemory): KernelExports {
  const abort = () => {
    throw new Error("simd: a kernel gave up");
  };
  return new platform.WebAssembly.Instance(module, { env: { memory, abort } }).exports as KernelExports;
}

/** Node 20 has relaxed SIMD behind a flag of V8, which may be set at any time before the module is compiled. */
function allowRelaxedSimd(bytes: Uint8Array): void {
  if (platform.WebAssembly.validate(bytes)) return;
  const v8 = nodeModule<{ setFlagsFromString(flag: string): void }>("v8");
  const versions = nodeModule<{ versions: { node: string } }>("process")?.versions;
  // Later versions need no flag, and complain of one they do not know.
  if (v8 && versions?.node.startsWith("20.")) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/** The module's bytes; for a platform that shares no memory, with the import declared as not shared. */
function decode(base64: string, isShared: boolean): Uint8Array {
  const bytes = Uint8Array.from(platform.atob(base64), (char) => char.charCodeAt(0));
  if (!isShared) bytes[sharedFlag(bytes)] = HAS_MAXIMUM;
  return bytes;
}

const HAS_MAXIMUM = 1;
const HAS_MAXIMUM_AND_IS_SHARED = 3;

/** Where the limits of the imported memory begin: after the names "env" and "memory", and the kind of import. */
function sharedFlag(bytes: Uint8Array): number {
  const name = Array.from("memory", (char) => char.charCodeAt(0));
  const at = bytes.findIndex(
    (_, i) =>
      name.every((code, j) => bytes[i + j] === code) && bytes[i + name.length + 1] === HAS_MAXIMUM_AND_IS_SHARED,
  );
  return at + name.length + 1;
}
