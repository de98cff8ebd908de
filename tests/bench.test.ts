import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import "@rnnkit/testing/tensor-setup";
import { bench } from "../bench/src/bench.ts";
import { beamSearches, checkHypotheses } from "../bench/src/benchmarks/beam-search.ts";
import { bookSettings } from "../bench/src/benchmarks/book-settings.ts";
import { checkScores } from "../bench/src/benchmarks/metrics.ts";
import { checkSums } from "../bench/src/benchmarks/batching.ts";
import { checkPossible, nextToken } from "../bench/src/benchmarks/next-token.ts";
import { BENCHMARKS } from "../bench/src/registry.ts";
import { checkBytePairs } from "../bench/src/benchmarks/byte-pairs.ts";
import { checkIds } from "../bench/src/benchmarks/text.ts";
import { checkLosses } from "../bench/src/benchmarks/training-step.ts";
import { table } from "../bench/src/table.ts";
import { madeUpPairLengths } from "../bench/src/pair-lengths.ts";
import { measure, median } from "../bench/src/measure.ts";
import { madeUpTranslations } from "../bench/src/translations.ts";
import { toRecords, type BenchmarkRecord } from "../bench/src/benchmark.ts";

async function run(...args: string[]) {
  const printed: string[] = [];
  const noted: string[] = [];
  const code = await bench(args, { print: (line) => printed.push(line), note: (line) => noted.push(line) });
  return { code, printed, noted };
}

const TRAINING_ENGINES = [
  ["rnnkit simd", 1],
  ["rnnkit simd", 2],
  ["rnnkit wasm", 1],
  ["tf.layers simd", 2],
  ["tf.layers wasm", 1],
] as const;
const METRICS = ["bleu", "chrf", "ter", "bootstrap"];
const SAMPLERS = {
  "random-batches": ["rnnkit"],
  "window-batches": ["rnnkit"],
  "pair-batches": ["rnnkit", "rnnkit in buckets"],
};
const TORCH_WAYS = {
  "random-batches": ["PyTorch iterator", "PyTorch indexing"],
  "window-batches": ["PyTorch DataLoader", "PyTorch indexing"],
  "pair-batches": ["PyTorch DataLoader"],
};
const TOKENS = Object.keys(nextToken);
const BEAMS = Object.keys(beamSearches);
const BYTE_PAIRS = ["bpe-training", "bpe-encoding"];
const CORPORA = [
  "time-machine-words",
  "time-machine-characters",
  "wikitext-2-words",
  "wikitext-2-characters",
  "vocabulary-lookup",
];
/** Node runs no TypeScript, so these find the packages as they were built, and are left out where they were not. */
const IN_FRESH_NODE = new Set(["backend-start", "memory"]);
const isBuilt = ["backends", "models", "training"].every((name) =>
  existsSync(new URL(`../packages/${name}/dist/index.js`, import.meta.url)),
);
const NO_PYTHON = ["--python", "no-such-python"];

describe("bench(args)", () => {
  it.for(Object.keys(BENCHMARKS))(
    "with --smoke and --json runs %s and prints its records alone",
    async (name, { skip }) => {
      skip(IN_FRESH_NODE.has(name) && !isBuilt, "starts a process that needs the built packages");
      const { code, printed, noted } = await run(name, "--smoke", "--json", ...NO_PYTHON);
      expect(code).toBe(0);
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.length).toBeGreaterThan(0);
      for (const record of records) {
        expect(Object.keys(record)).toEqual(["name", "engine", "threads", "msMedian", "tokensPerSecond", "ratio"]);
        expect(record.name).toBe(name);
        expect(record.msMedian).toBeGreaterThan(0);
        expect(record.tokensPerSecond).toBeGreaterThan(0);
      }
      expect(records.filter(({ ratio }) => ratio === 1)).toHaveLength(1);
      for (const line of noted) expect(line).toMatch(/ is left out: no-such-python has no.* install .*pip/);
    },
  );

  it("training-step runs rnnkit on one and two threads, and tf.layers", async () => {
    const { printed } = await run("training-step", "--smoke", "--json", ...NO_PYTHON);
    const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
    expect(records.map(({ engine, threads }) => [engine, threads])).toEqual(TRAINING_ENGINES);
    expect(records[0]!.tokensPerSecond).toBeCloseTo(6 / (records[0]!.msMedian / 1000), 6);
  });

  it("with a name prints the table of that benchmark", async () => {
    const { code, printed } = await run("training-step", "--smoke", ...NO_PYTHON);
    expect(code).toBe(0);
    const lines = printed.join("\n").split("\n");
    expect(lines[0]).toBe("training-step: one training step, lstm of 1 × 8, batch 2, 3 steps, 28 symbols (6 tokens)");
    expect(lines[1]).toMatch(/^engine +threads +ms \(median\) +tokens\/s +speed \/ tf.layers wasm$/);
    expect(lines.slice(2).map((line) => line.slice(0, 14).trim())).toEqual(TRAINING_ENGINES.map(([name]) => name));
  });

  const python = process.env["RNNKIT_PYTHON"];
  it.skipIf(!python)("runs PyTorch on one and two threads (skipped where RNNKIT_PYTHON names no Python)", async () => {
    const { code, printed } = await run("training-step", "--smoke", "--json");
    expect(code).toBe(0);
    const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
    const torch = records.filter(({ engine }) => engine === "PyTorch cpu");
    expect(torch.map(({ threads }) => threads)).toEqual([1, 2]);
  });

  it.skipIf(!python).each(Object.keys(bookSettings))(
    "runs PyTorch, which has the same first loss, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.filter(({ engine }) => engine === "PyTorch cpu").map(({ threads }) => threads)).toEqual([1, 2]);
    },
  );

  it.skipIf(!python).each(METRICS)(
    "runs sacreBLEU, which finds the same, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.map(({ engine }) => engine)).toEqual(["rnnkit", "sacreBLEU"]);
      expect(records[1]!.ratio).toBe(1);
    },
  );

  it.skipIf(!python).each(Object.keys(SAMPLERS) as (keyof typeof SAMPLERS)[])(
    "runs PyTorch, which has the same batches, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.map(({ engine }) => engine)).toEqual([...SAMPLERS[name], ...TORCH_WAYS[name]]);
      expect(records.find(({ engine }) => engine === TORCH_WAYS[name][0])!.ratio).toBe(1);
    },
  );

  it.skipIf(!python).each(TOKENS)(
    "runs transformers, which leaves the same tokens, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.map(({ engine }) => engine)).toEqual(["rnnkit", "transformers"]);
    },
  );

  it.skipIf(!python).each(BYTE_PAIRS)(
    "runs tokenizers of Hugging Face, which does the same, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.map(({ engine, threads }) => [engine, threads])).toEqual([
        ["rnnkit", 1],
        ["HF tokenizers", 1],
        ["HF tokenizers", 2],
      ]);
      expect(records[1]!.ratio).toBe(1);
    },
  );

  it.skipIf(!python).each(CORPORA)(
    "runs the book's code, which finds the same ids, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.map(({ engine }) => engine)).toEqual(["rnnkit", "d2l"]);
      expect(records[1]!.ratio).toBe(1);
    },
  );

  it.skipIf(!python).each(BEAMS)(
    "runs transformers on one and two threads, which finds the same, in %s (skipped where RNNKIT_PYTHON names no Python)",
    async (name) => {
      const { code, printed, noted } = await run(name, "--smoke", "--json");
      expect({ code, noted }).toEqual({ code: 0, noted: [] });
      const records = printed.map((line) => JSON.parse(line) as BenchmarkRecord);
      expect(records.map(({ engine, threads }) => [engine, threads])).toEqual([
        ["rnnkit", 1],
        ["transformers", 1],
        ["transformers", 2],
      ]);
    },
  );

  const names = Object.keys(BENCHMARKS).join(", ");
  it.each([
    [["perplexity"], `bench: name must be one of ${names}, got perplexity`],
    [["toString"], `bench: name must be one of ${names}, got toString`],
    [["--fast"], "error: unknown option '--fast'"],
  ])("refuses %o with one line and exit code 2", async (args, line) => {
    expect(await run(...args)).toEqual({ code: 2, printed: [], noted: [line] });
  });

  it("with --help explains itself", async () => {
    const { code, printed } = await run("--help");
    expect(code).toBe(0);
    expect(printed.join("\n")).toMatch(/training-step[^]*--json[^]*--smoke[^]*--python/);
  });
});

it("measure(engines, {rounds, turnMs}) lets engines take turns and leaves the warm-up out of the median", async () => {
  const turns: string[] = [];
  const engine = (name: string, times: number[]) => ({
    name,
    threads: 1,
    activate: async () => void turns.push(`activate ${name}`),
    step: async () => {
      turns.push(name);
      return { ms: times.shift()! };
    },
    dispose: async () => {},
  });
  const measured = await measure([engine("a", [100, 1, 2]), engine("b", [100, 7, 5])], { rounds: 2, turnMs: 0 });
  const round = ["activate a", "a", "activate b", "b"];
  expect(turns).toEqual([...round, ...round, ...round]);
  expect(measured.map(({ msMedian }) => msMedian)).toEqual([1.5, 6]);
  expect(measured[1]!.steps).toEqual([{ ms: 100 }, { ms: 7 }, { ms: 5 }]);
});

describe("checkLosses(vocabSize, measured)", () => {
  const measured = (losses: Record<string, number[]>) =>
    Object.entries(losses).map(([name, nats]) => ({
      engine: { name, threads: 1, activate: async () => {}, step: () => expect.unreachable(), dispose: async () => {} },
      msMedian: 1,
      steps: nats.map((lossNats) => ({ ms: 1, lossNats })),
    }));

  it("is content with engines that begin alike and learn", () => {
    expect(() => checkLosses(28, measured({ a: [3.3, 3.1], b: [3.30001, 3.2] }))).not.toThrow();
  });

  it.each([
    [[NaN, NaN], "the first loss must be near ln V, b got NaN and then NaN"],
    [[0.1, 0], "the first loss must be near ln V, b got 0.1 and then 0"],
    [[3.31, 3.1], "the first losses must be the same, a got 3.3, b got 3.31 and then 3.1"],
    [[3.3, 3.3], "training must lower the loss, b got 3.3 and then 3.3"],
    [[3.3, NaN], "training must lower the loss, b got 3.3 and then NaN"],
  ])("throws at the losses %o", (losses, message) => {
    expect(() => checkLosses(28, measured({ a: [3.3, 3.1], b: losses }))).toThrow(message);
  });
});

describe("checkScores(measured, numSamples)", () => {
  const measured = (found: Record<string, { scores: number[]; pValues: number[] }>) =>
    Object.entries(found).map(([name, result]) => ({
      engine: { name, threads: 1, activate: async () => {}, step: () => expect.unreachable(), dispose: async () => {} },
      msMedian: 1,
      steps: [{ ms: 1, ...result }],
    }));
  const first = { scores: [26.6, 20.8], pValues: [0.2] };

  it("is content with the same scores and p-values that are alike", () => {
    const b = { scores: [26.6, 20.8 + 1e-12], pValues: [0.21] };
    expect(() => checkScores(measured({ a: first, b }), 1000)).not.toThrow();
    expect(() => checkScores(measured({ a: first }), 1000)).not.toThrow();
  });

  it.each([
    [{ ...first, scores: [26.6, 20.9] }, "the scores must be the same, a got 20.8, b got 20.9"],
    [{ ...first, scores: [NaN, 20.8] }, "the scores must be the same, a got 26.6, b got NaN"],
    [{ ...first, pValues: [0.4] }, "the p-values must be alike, a got 0.2, b got 0.4"],
  ])("throws at %o", (b, message) => {
    expect(() => checkScores(measured({ a: first, b }), 1000)).toThrow(message);
  });
});

describe("checkSums(measured)", () => {
  const sums = { numTargets: 10, inputs: 50, targets: 60 };
  const measured = (found: Record<string, typeof sums>) =>
    Object.entries(found).map(([name, result]) => ({
      engine: { name, threads: 1, activate: async () => {}, step: () => expect.unreachable(), dispose: async () => {} },
      msMedian: 1,
      steps: [{ ms: 1, sums: result }],
    }));

  it("is content with the same sums", () => {
    expect(() => checkSums(measured({ a: sums, b: { ...sums } }))).not.toThrow();
  });

  it.each(["numTargets", "inputs", "targets"] as const)("throws where %s differ", (what) => {
    expect(() => checkSums(measured({ a: sums, b: { ...sums, [what]: 0 } }))).toThrow(
      `${what} must sum up to the same, a got ${sums[what]}, b got 0`,
    );
  });
});

describe("checkPossible(measured)", () => {
  const measured = (found: Record<string, number[]>) =>
    Object.entries(found).map(([name, numPossible]) => ({
      engine: { name, threads: 1, activate: async () => {}, step: () => expect.unreachable(), dispose: async () => {} },
      msMedian: 1,
      steps: [{ ms: 1, numPossible }],
    }));

  it("is content with engines that leave as many tokens in every row", () => {
    expect(() => checkPossible(measured({ a: [50, 51], b: [50, 51] }))).not.toThrow();
    expect(() => checkPossible(measured({ a: [50, 51] }))).not.toThrow();
  });

  it("throws at others", () => {
    expect(() => checkPossible(measured({ a: [50, 51], b: [50, 50] }))).toThrow(
      "the numbers of possible tokens must be the same, a got 50,51, b got 50,50",
    );
  });
});

it("madeUpPairLengths() are about as long as the pairs of fra-eng, whose place they take", () => {
  const pairs = madeUpPairLengths();
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  expect(pairs).toHaveLength(167_130);
  expect(Math.abs(mean(0) - 8.2)).toBeLessThan(1);
  expect(Math.abs(mean(1) - 9.6)).toBeLessThan(1.5);
  expect(Math.min(...pairs.slice(0, 1000).map(([source]) => source))).toBe(2);
});

describe("checkIds(measured)", () => {
  const found = { ms: 1, numTokens: 7, vocabSize: 5, idsDigest: "ab" };
  const measured = (...steps: (typeof found)[]) =>
    steps.map((step, i) => ({
      engine: {
        name: "ab"[i]!,
        threads: 1,
        activate: async () => {},
        step: () => expect.unreachable(),
        dispose: async () => {},
      },
      msMedian: 1,
      steps: [step],
    }));

  it("is content with the same ids", () => {
    expect(() => checkIds(measured(found, { ...found, ms: 2 }))).not.toThrow();
  });

  it.each([{ numTokens: 8 }, { vocabSize: 6 }, { idsDigest: "ba" }])("throws at %o", (other) => {
    expect(() => checkIds(measured(found, { ...found, ...other }))).toThrow(/^the ids must be the same, a got 7 of 5 /);
  });
});

describe("checkBytePairs(job, measured)", () => {
  const job = (task: "train" | "encode") => ({ task, lines: [], numMerges: 10, merges: [] });
  const pairs = (...ends: string[]) => ends.map((end) => ["a", end] as const);
  const tenth = (end: string) => pairs("0", "1", "2", "3", "4", "5", "6", "7", "8", end);
  const measured = (found: Record<string, { merges: (readonly [string, string])[]; numTokens: number }>) =>
    Object.entries(found).map(([name, result]) => ({
      engine: { name, threads: 1, activate: async () => {}, step: () => expect.unreachable(), dispose: async () => {} },
      msMedian: 1,
      steps: [{ ms: 1, ...result }],
    }));

  it("is content with nine merges in ten that are the same, and with as many subwords", () => {
    const learnt = measured({ a: { merges: tenth("9"), numTokens: 0 }, b: { merges: tenth("x"), numTokens: 0 } });
    expect(() => checkBytePairs(job("train"), learnt)).not.toThrow();
    const applied = measured({ a: { merges: [], numTokens: 7 }, b: { merges: [], numTokens: 7 } });
    expect(() => checkBytePairs(job("encode"), applied)).not.toThrow();
  });

  it.each([
    ["encode", { merges: [], numTokens: 8 }, "the subwords must be as many, a got 0, b got 8"],
    ["train", { merges: [...tenth("x").slice(1), ...pairs("y")], numTokens: 0 }, "a and b share 8 of 10"],
    ["train", { merges: tenth("9").slice(1), numTokens: 0 }, "a and b share 9 of 9"],
  ] as const)("throws for the task %s at %o", (task, b, message) => {
    const a = { merges: task === "train" ? tenth("9") : [], numTokens: 0 };
    expect(() => checkBytePairs(job(task), measured({ a, b: { ...b, merges: [...b.merges] } }))).toThrow(message);
  });
});

it("madeUpTranslations() is as large as the data of WMT17, in which it takes the place", () => {
  const { systems, reference } = madeUpTranslations();
  expect(systems.map((segments) => segments.length)).toEqual(Array.from({ length: 16 }, () => 3004));
  const numTokens = reference.join(" ").split(" ").length;
  expect(numTokens).toBeGreaterThan(50_000);
  expect(numTokens).toBeLessThan(65_000);
  expect(madeUpTranslations().systems).toEqual(systems);
});

it.each([
  [[3], 3],
  [[10, 9, 1], 9],
  [[4, 100, 2, 1], 3],
])("median(%o) is %d", (values, expected) => {
  expect(median(values)).toBe(expected);
});

it("toRecords(name, results) compares with the baseline, and table(records, baseline) aligns them", () => {
  const results = [
    { engine: "fast", threads: 2, msMedian: 5 },
    { engine: "slow one", threads: 1, msMedian: 2000 },
  ];
  const records = toRecords("sums", { job: "a sum", numTokens: 100, baseline: "slow one", results });
  expect(records).toEqual([
    { name: "sums", engine: "fast", threads: 2, msMedian: 5, tokensPerSecond: 20_000, ratio: 400 },
    { name: "sums", engine: "slow one", threads: 1, msMedian: 2000, tokensPerSecond: 50, ratio: 1 },
  ]);
  expect(table(records, "slow one").split("\n")).toEqual([
    "engine    threads  ms (median)  tokens/s  speed / slow one",
    "fast            2         5.00     20000               400",
    "slow one        1         2000        50              1.00",
  ]);
});

describe("checkHypotheses(measured)", () => {
  const measured = (found: Record<string, { tokens: number[]; score: number }>) =>
    Object.entries(found).map(([name, result]) => ({
      engine: { name, threads: 1, activate: async () => {}, step: () => expect.unreachable(), dispose: async () => {} },
      msMedian: 1,
      steps: [{ ms: 1, ...result }],
    }));
  const a = { tokens: [3, 0], score: -1.5 };

  it("is content with the same tokens and scores that are alike", () => {
    expect(() => checkHypotheses(measured({ a, b: { tokens: [3, 0], score: -1.50001 } }))).not.toThrow();
  });

  it.each([
    [{ tokens: [3, 1], score: -1.5 }, "the best hypotheses must be the same, a got 3,0 (-1.5), b got 3,1 (-1.5)"],
    [{ tokens: [3, 0], score: -1.6 }, "the best hypotheses must be the same, a got 3,0 (-1.5), b got 3,0 (-1.6)"],
    [{ tokens: [3, 0], score: NaN }, "the best hypotheses must be the same, a got 3,0 (-1.5), b got 3,0 (NaN)"],
  ])("throws at %o", (b, message) => {
    expect(() => checkHypotheses(measured({ a, b }))).toThrow(message);
  });
});
