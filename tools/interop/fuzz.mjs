// Feeds mutated files to the readers of @rnnkit/interop, as it is built: each must decode, or be refused with a RangeError
// that names the function, and come back. The peak of memory is printed: a shape that was believed would show in it.
//
//   node tools/interop/fuzz.mjs [COUNT] [SEED]    COUNT mutated files for each target, a tenth of HDF5; default 100000, seed 1
//
// Runs in workers, in which a call that does not come back is noticed, and whose end frees what the HDF5 library keeps of
// files that it could not close. Ends with 1 on a failure, and prints the seed of the file, by which `mutate` makes it again.
import { readFileSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import {
  decodeKerasFile,
  decodeSafetensors,
  encodeKerasFile,
  encodeSafetensors,
  openSafetensors,
} from "../../packages/interop/dist/index.js";

const SILENCE_MS = 120_000; // on a busy machine too
const FILES_A_WORKER = 1000;

/** @typedef {{ names: string[], originals: () => Uint8Array[] | Promise<Uint8Array[]>, read: (bytes: Uint8Array) => unknown, share?: number }} Target */

const golden = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../../packages/interop/test/golden/${name}.json`, import.meta.url), "utf8")).cases;

const kerasFiles = (/** @type {(ending: string) => boolean} */ isWanted) =>
  ["keras-layers", "keras-2-layers"].flatMap((name) =>
    golden(name).flatMap((/** @type {{ files: Record<string, string> }} */ { files }) =>
      Object.entries(files)
        .filter(([ending]) => isWanted(ending))
        .map(([, file]) => new Uint8Array(gunzipSync(Buffer.from(file, "base64")))),
    ),
  );

const safetensorsFiles = () => [
  ...golden("safetensors-files").files.map((/** @type {{ file: string }} */ { file }) => base64(file)),
  ...golden("state-dicts").map((/** @type {{ file: string }} */ { file }) => base64(file)),
];

/** @type {Record<string, Target>} */
const targets = {
  safetensors: {
    names: ["decodeSafetensors"],
    originals: safetensorsFiles,
    read(bytes) {
      const { tensors, metadata } = decodeSafetensors(bytes);
      encodeSafetensors(tensors, { metadata }); // what can be decoded can be encoded
    },
  },
  "safetensors, tensor by tensor": {
    names: ["openSafetensors"],
    originals: safetensorsFiles,
    async read(bytes) {
      const source = {
        size: bytes.length,
        read: async (/** @type {number} */ offset, /** @type {number} */ length) => {
          if (offset < 0 || length < 0 || offset + length > bytes.length) throw new Error("read outside of the source");
          return bytes.slice(offset, offset + length);
        },
      };
      const reader = await openSafetensors(source);
      for (const name of reader.tensors.keys()) await reader.read(name);
    },
  },
  "zip of .keras": {
    names: ["decodeKerasFile"],
    async originals() {
      const layers = [{ name: "a", className: "Dense", weights: [{ shape: [1], data: Float32Array.of(1) }] }];
      const file = await encodeKerasFile({ format: "keras", layers, config: { config: { layers: [] } } });
      return [file];
    },
    read: decodeKerasFile,
  },
  "HDF5 of Keras": {
    names: ["decodeKerasFile"],
    share: 0.1,
    originals: () => kerasFiles((ending) => ending.endsWith("h5")),
    read: decodeKerasFile,
  },
};

/** @param {string} text */
function base64(text) {
  return new Uint8Array(Buffer.from(text, "base64"));
}

/** Numbers in [0, limit) that a seed decides: xorshift. @param {number} seed */
function draws(seed) {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return (/** @type {number} */ limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

const TOKENS = [
  '"x"',
  '"F32"',
  '"\\ud800"',
  "0",
  "-1",
  "0.5",
  "1e99",
  "9007199254740991",
  "null",
  "[]",
  "{}",
  '"__metadata__"',
];

/**
 * A copy of a file with one to four changes: bytes set, taken out, doubled or cut off, numbers of 4 or 8 bytes at their
 * extremes, and in a header of JSON, tokens exchanged with its length kept right.
 *
 * @param {Uint8Array} original
 * @param {number} seed
 */
function mutate(original, seed) {
  const draw = draws(seed);
  let bytes = Buffer.from(original);
  for (let changes = 1 + draw(4); changes > 0 && bytes.length > 0; changes--) {
    const place = draw(draw(2) ? bytes.length : Math.min(bytes.length, 4096));
    const kind = draw(9);
    if (kind < 3) bytes[place] = draw(256);
    else if (kind === 3) bytes[place] ^= 1 << draw(8);
    else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1 + draw(9))]);
    else if (kind === 5) bytes = Buffer.concat([bytes.subarray(0, place + draw(64)), bytes.subarray(place)]);
    else if (kind === 6 && draw(3) === 0) bytes = Buffer.from(bytes.subarray(0, place));
    else if (kind === 7) bytes.fill(draw(2) ? 255 : 0, place, Math.min(bytes.length, place + (draw(2) ? 4 : 8)));
    else bytes = exchangeToken(bytes, draw);
  }
  return new Uint8Array(bytes);
}

/** @param {Buffer<ArrayBuffer>} bytes @param {(limit: number) => number} draw */
function exchangeToken(bytes, draw) {
  const length = bytes.length >= 8 ? bytes.readUInt32LE(0) : Infinity;
  if (length > bytes.length - 8 || bytes[8] !== 0x7b) return bytes;
  const header = bytes.toString("utf8", 8, 8 + length);
  const tokens = header.match(/"[^"]*"|\d+/g) ?? ["0"];
  const chosen = draw(tokens.length);
  const other = draw(2) ? TOKENS[draw(TOKENS.length)] : tokens[draw(tokens.length)];
  let i = 0;
  const mutated = Buffer.from(header.replace(/"[^"]*"|\d+/g, (token) => (i++ === chosen ? (other ?? token) : token)));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(mutated.length);
  return Buffer.concat([start, mutated, bytes.subarray(8 + length)]);
}

/** @param {{ name: string, first: number, last: number }} task */
async function work({ name, first, last }) {
  const { names, originals, read } = /** @type {Target} */ (targets[name]);
  const files = await originals();
  const outcome = { decoded: 0, refused: 0 };
  for (let seed = first; seed < last; seed++) {
    if (seed % 20 === 0) parentPort?.postMessage({ seed });
    const bytes = mutate(/** @type {Uint8Array} */ (files[seed % files.length]), seed);
    try {
      await read(bytes);
      outcome.decoded++;
    } catch (error) {
      const isRefusal = error instanceof RangeError && names.some((caller) => error.message.startsWith(`${caller}: `));
      if (!isRefusal) throw new Error(`seed ${seed} of ${name}: ${String(error)}`, { cause: error });
      outcome.refused++;
    }
  }
  parentPort?.postMessage({ seed: last, outcome });
}

/** @param {string} name @param {number} first @param {number} last */
function runInWorker(name, first, last) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { name, first, last } });
    let latest = { seed: first, at: Date.now(), outcome: { decoded: 0, refused: 0 } };
    const watch = setInterval(() => {
      if (Date.now() - latest.at < SILENCE_MS) return;
      void worker.terminate();
      reject(new Error(`${name}: no answer for ${SILENCE_MS} ms, within 20 files of seed ${latest.seed}`));
    }, 1000);
    worker.on("message", (message) => (latest = { ...latest, ...message, at: Date.now() }));
    worker.on("error", reject);
    worker.on("exit", () => {
      clearInterval(watch);
      resolve(latest.outcome);
    });
  });
}

if (isMainThread) {
  const count = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? 1);
  for (const [name, { share = 1 }] of Object.entries(targets)) {
    const start = performance.now();
    const total = { decoded: 0, refused: 0 };
    const last = seed + count * share;
    try {
      for (let first = seed; first < last; first += FILES_A_WORKER) {
        const { decoded, refused } = await runInWorker(name, first, Math.min(last, first + FILES_A_WORKER));
        total.decoded += decoded;
        total.refused += refused;
      }
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
    const { decoded, refused } = total;
    console.log(
      `${name}: ${decoded + refused} files, ${decoded} decoded, ${refused} refused, ${seconds} s, peak ${peak} MiB`,
    );
  }
} else {
  await work(workerData);
}
