import { KERNELS_BASE64 } from "../kernels.gen.ts";
import { floatUpTo } from "./float-up-to.ts";
import type { LoadedRow, PowerScale } from "./loaded-row.ts";

/** What assembly/index.ts exports; scores and powers are named by their addresses. */
interface RowKernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(numPages: number): number };
  readonly firstFree: { readonly value: number };
  largest(scores: number, end: number, maxima: number): number;
  above(scores: number, from: number, end: number, maxima: number, bar: number, out: number, outEnd: number): number;
  sumOfPowers(scores: number, end: number, max: number, factor: number, limit: number): number;
  powers(scores: number, end: number, max: number, factor: number, out: number): number;
  pick(powers: number, end: number, share: number): number;
  replaceBelow(scores: number, end: number, cutoff: number, value: number): void;
}

/** What is asked of the platform beyond ECMAScript, perhaps in vain. */
interface Platform {
  readonly WebAssembly?: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
  readonly atob?: (base64: string) => string;
}

const PAGE = 65536; // bytes
const BLOCK = 64; // scores that are looked at together
const ABOVE_BYTES = 1024; // of addresses of scores above a bar, and their number

let loader: ((scores: Float32Array) => LoadedRow) | undefined;
let isAbsent = false;

/** A function that copies a row to the kernels; `undefined` where there is no WebAssembly SIMD. */
export function wasmRow(): ((scores: Float32Array) => LoadedRow) | undefined {
  if (loader || isAbsent) return loader;
  const kernels = instantiate();
  if (kernels) loader = rowLoader(kernels);
  else isAbsent = true;
  return loader;
}

function instantiate(): RowKernels | undefined {
  const { WebAssembly, atob } = globalThis as unknown as Platform;
  if (!WebAssembly || !atob) return undefined;
  try {
    const bytes = Uint8Array.from(atob(KERNELS_BASE64), (char) => char.charCodeAt(0));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as RowKernels;
  } catch {
    return undefined; // no SIMD, or a policy that forbids to compile: JavaScript gives the same bits
  }
}

function rowLoader(kernels: RowKernels): (scores: Float32Array) => LoadedRow {
  const aboveBar = kernels.firstFree.value;
  const start = aboveBar + ABOVE_BYTES;
  let addresses = new Uint32Array(0); // those above a bar, behind their number
  let floats = new Float32Array(0);
  let length = 0; // V
  let end = start; // of the scores and what pads them to blocks, behind which lie the maxima of these
  let hasMaxima = false;
  let firstPower = start;
  let lastEnd = start; // of the powers
  let powers = new Float64Array(0);
  let ofRow = floats; // without what pads it

  const fit = (numScores: number): void => {
    length = numScores;
    const numBlocks = Math.ceil(length / BLOCK);
    end = start + numBlocks * BLOCK * 4;
    firstPower = end + numBlocks * 16; // four maxima each
    lastEnd = firstPower + numBlocks * BLOCK * 8;
    const missing = lastEnd - kernels.memory.buffer.byteLength;
    if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE));
    addresses = new Uint32Array(kernels.memory.buffer, aboveBar, ABOVE_BYTES / 4);
    floats = new Float32Array(kernels.memory.buffer, start, (end - start) / 4);
    powers = new Float64Array(kernels.memory.buffer, firstPower, length);
    ofRow = floats.subarray(0, length);
    floats.fill(-Infinity, length);
  };

  const row: LoadedRow = {
    largest() {
      const address = kernels.largest(start, end, end);
      hasMaxima = true;
      return address === end ? -1 : (address - start) / 4;
    },
    visitAbove(bar, visit, first = 0) {
      if (!hasMaxima) row.largest();
      let current = bar();
      for (let from = start + first * 4; from < end;) {
        from = kernels.above(start, from, end, end, floatUpTo(current), aboveBar, start);
        const count = addresses[0]!;
        for (let i = 1; i <= count; i++) {
          const index = (addresses[i]! - start) / 4;
          if (!(floats[index]! > current)) continue;
          visit(index);
          current = bar();
        }
      }
    },
    sumOfPowers({ max, factor }: PowerScale, left, limit = Infinity) {
      const score = floats[left]!;
      floats[left] = -Infinity;
      const sum = kernels.sumOfPowers(start, end, max, factor, limit);
      floats[left] = score;
      return sum;
    },
    writePowers: ({ max, factor }) => kernels.powers(start, end, max, factor, firstPower),
    get powers() {
      return powers;
    },
    pick: (share) => (kernels.pick(firstPower, lastEnd, share) - firstPower) / 8,
    replaceBelow(cutoff, value, out) {
      kernels.replaceBelow(start, end, -floatUpTo(-cutoff), value); // rounded up, not down
      floats.fill(-Infinity, length);
      hasMaxima = false;
      out.set(ofRow);
    },
  };
  return (scores) => {
    if (scores.length !== length) fit(scores.length);
    floats.set(scores);
    hasMaxima = false;
    return row;
  };
}
