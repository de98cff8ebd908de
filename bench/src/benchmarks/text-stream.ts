import {
  cleanStream,
  countStream,
  idFileStream,
  idStream,
  lettersOnly,
  textStream,
  vocabularyFromCounts,
  words,
} from "@rnnkit/text";
import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { corpusText, smallText } from "../corpus-text.ts";
import { liveMemoryBytes } from "../live-memory.ts";

const MB = 1e6;
const CHUNK_BYTES = 65_536;
const NUM_SAMPLES = 20;

/** What `NUM_SAMPLES` looks at memory may differ by for reasons that have nothing to do with the stream. */
const TOLERANCE_BYTES = 2 * MB;

interface Pass {
  readonly ms: number;
  readonly numTokens: number;
  /** The most memory in use at any of the samples, above what was in use before. */
  readonly liveBytes: number;
}

/**
 * Counts and encodes 10 MB and then 100 MB of a stream, in two passes: bytes, text, clean lines, words, counts, vocabulary, and
 * again to the bytes of a file of ids. Fails unless both take the same memory.
 */
export async function textStreaming({ isSmoke }: BenchmarkOptions): Promise<BenchmarkResults> {
  const [small, large] = isSmoke ? [MB / 100, MB / 10] : [10 * MB, 100 * MB];
  const { origin, text } = isSmoke ? smallText() : corpusText("time-machine");
  const bytes = new TextEncoder().encode(text);
  await prepare(bytes, small); // a warm-up: compiled code takes memory too
  const first = await prepare(bytes, small);
  const second = await prepare(bytes, large);
  if (second.liveBytes > first.liveBytes + TOLERANCE_BYTES) {
    throw new Error(
      `memory must not grow with the stream, got ${inMB(first.liveBytes)} for ${inMB(small)} and ${inMB(second.liveBytes)} for ${inMB(large)}`,
    );
  }
  return {
    job: `count and encode a stream, ${origin} over and over, ${second.numTokens} words; in use at most ${inMB(first.liveBytes)} for ${inMB(small)} and ${inMB(second.liveBytes)} for ${inMB(large)}`,
    numTokens: second.numTokens,
    baseline: "rnnkit",
    results: [{ engine: "rnnkit", threads: 1, msMedian: second.ms }],
  };
}

async function prepare(bytes: Uint8Array, length: number): Promise<Pass> {
  const before = liveMemoryBytes();
  let liveBytes = 0;
  let sampleMs = 0;
  const sample = () => {
    const startMs = performance.now();
    liveBytes = Math.max(liveBytes, liveMemoryBytes() - before);
    sampleMs += performance.now() - startMs;
  };
  const clean = () => cleanStream(textStream(repeated(bytes, length, sample)), lettersOnly);

  const startMs = performance.now();
  const counter = await countStream(clean(), { tokenizer: words });
  const vocabulary = vocabularyFromCounts(counter);
  const ids = idStream(clean(), { tokenizer: words, vocabulary });
  let numBytes = 0;
  for await (const part of idFileStream(ids, { count: counter.total, vocabSize: vocabulary.size })) {
    numBytes += part.length;
  }
  const ms = performance.now() - startMs - sampleMs;
  if (numBytes < 2 * counter.total) throw new Error(`the file must hold all ids, got ${numBytes} bytes`);
  return { ms, numTokens: counter.total, liveBytes };
}

/** A stream of `length` bytes, whose reader is looked at now and then. */
async function* repeated(bytes: Uint8Array, length: number, sample: () => void): AsyncGenerator<Uint8Array, void> {
  let nextSample = 0;
  let offset = 0;
  for (let sent = 0; sent < length;) {
    if (sent >= nextSample) {
      sample();
      nextSample += length / NUM_SAMPLES;
    }
    const chunk = bytes.slice(offset, offset + Math.min(CHUNK_BYTES, length - sent));
    offset = (offset + chunk.length) % bytes.length;
    sent += chunk.length;
    yield chunk;
  }
}

function inMB(numBytes: number): string {
  return `${(numBytes / MB).toFixed(numBytes < MB ? 2 : 1)} MB`;
}
