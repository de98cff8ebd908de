// The built command, run as a user runs it: in a process of its own, with texts in files or piped in.
import { bleu, chrf, cerMetric, corpusScore, segmentStatistics, sentenceBleu, ter, werMetric } from "@rnnkit/metrics";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const COMMAND = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const REFERENCE = ["The dog bit the man.", "It was not unexpected.", "The man bit him first, on Tuesday."];
const SECOND = ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."];
const GOOD = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
const POOR = ["A dog the man bit.", "", "THE MAN ON TUESDAY"];

const lines = (segments: readonly string[]) => segments.map((segment) => `${segment}\n`).join("");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rnnkit-score-"));
  const files = {
    "ref.txt": lines(REFERENCE),
    "ref2.txt": lines(SECOND),
    "good.txt": lines(GOOD),
    "poor.txt": lines(POOR),
    "windows.txt": `\ufeff${GOOD.join("\r\n")}`,
    "short.txt": lines(GOOD.slice(1)),
    "empty.txt": "",
    "binary.bin": Buffer.from([65, 0, 10]),
    "latin1.txt": Buffer.from("caf\xe9\n", "latin1"),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function score(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "score", ...args], {
    cwd: folder,
    input,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

/** What is printed with --json, where nothing goes wrong. */
function records(args: readonly string[], input?: string): Record<string, unknown>[] {
  const { code, out, err } = score([...args, "--json"], input);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("rnnkit score <metric> --refs", () => {
  it("bleu of what is piped in prints the score, its parts and its signature", () => {
    expect(score(["bleu", "--refs", "ref.txt"], lines(GOOD))).toEqual({
      code: 0,
      out: [
        "BLEU 37.8",
        "precisions 70.6 42.9 36.4 37.5, brevity penalty 0.838, 17 tokens for 20",
        "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
        "",
      ].join("\n"),
      err: "",
    });
  });

  it.each([
    ["bleu", bleu(GOOD, [REFERENCE]).score, "BLEU"],
    ["chrf", chrf(GOOD, [REFERENCE]).score, "chrF2"],
    ["ter", ter(GOOD, [REFERENCE]).score, "TER"],
    ["wer", 100 * (8 / 16), "WER"], // counted by hand
    ["cer", corpusScore(segmentStatistics(cerMetric(), { systems: [GOOD], references: [REFERENCE] })[0]), "CER"],
  ])("%s --json gives the number of the package, %d", (metric, expected, name) => {
    const [record, ...others] = records([metric, "--refs", "ref.txt"], lines(GOOD));
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      event: "score",
      system: "standard input",
      metric: name,
      isHigherBetter: !["ter", "wer", "cer"].includes(metric),
      numSegments: 3,
      score: expected,
    });
    expect(record).not.toHaveProperty("mean");
  });

  it("bleu --json gives all parts of the score", () => {
    const [record] = records(["bleu", "--refs", "ref.txt", "ref2.txt"], lines(GOOD));
    expect(record!["parts"]).toEqual(bleu(GOOD, [REFERENCE, SECOND]));
    expect(record!["signature"]).toBe("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
  });

  it.each([
    [["bleu", "--tokenize", "char"], bleu(POOR, [REFERENCE], { tokenizer: "char" }).score],
    [["bleu", "--lowercase"], bleu(POOR, [REFERENCE], { lowercase: true }).score],
    [["bleu", "--smooth-method", "none"], bleu(POOR, [REFERENCE], { smoothing: { method: "none" } }).score],
    [
      ["bleu", "--smooth-method", "floor", "--smooth-value", "0.5"],
      bleu(POOR, [REFERENCE], { smoothing: { method: "floor", value: 0.5 } }).score,
    ],
    [["bleu", "--smooth-method", "add-k"], bleu(POOR, [REFERENCE], { smoothing: { method: "add-k" } }).score],
    [["bleu", "--max-ngram-order", "2"], bleu(POOR, [REFERENCE], { maxOrder: 2 }).score],
    [["chrf", "--chrf-char-order", "3"], chrf(POOR, [REFERENCE], { charOrder: 3 }).score],
    [["chrf", "--chrf-word-order", "2"], chrf(POOR, [REFERENCE], { wordOrder: 2 }).score],
    [["chrf", "--chrf-beta", "1"], chrf(POOR, [REFERENCE], { beta: 1 }).score],
    [["chrf", "--chrf-whitespace"], chrf(POOR, [REFERENCE], { whitespace: true }).score],
    [["chrf", "--chrf-lowercase"], chrf(POOR, [REFERENCE], { lowercase: true }).score],
    [["chrf", "--chrf-eps-smoothing"], chrf(POOR, [REFERENCE], { effectiveOrder: false }).score],
    [["ter", "--ter-normalized"], ter(POOR, [REFERENCE], { normalized: true }).score],
    [["ter", "--ter-no-punct"], ter(POOR, [REFERENCE], { punctuation: false }).score],
    [["ter", "--ter-case-sensitive"], ter(POOR, [REFERENCE], { caseSensitive: true }).score],
  ])("%j reaches the metric", (args, expected) => {
    const [metric] = args as [string];
    const [plain] = records([metric, "--refs", "ref.txt"], lines(POOR));
    const [record] = records([...args, "--refs", "ref.txt"], lines(POOR));
    expect(record!["score"]).toBe(expected);
    expect(expected).not.toBe(plain!["score"]);
  });

  it("ter --ter-normalized --ter-asian-support reaches the metric", () => {
    writeFileSync(join(folder, "chinese.txt"), "他昨天来了\n");
    const [record] = records(
      ["ter", "--refs", "chinese.txt", "--ter-normalized", "--ter-asian-support"],
      "他今天来了\n",
    );
    expect(record!["score"]).toBe(
      ter(["他今天来了"], [["他昨天来了"]], { normalized: true, asianSupport: true }).score,
    );
    expect(record!["score"]).toBeLessThan(100);
  });

  it("reads lines that end in \\n or \\r\\n, at the end of the file too or not, and none that ends otherwise", () => {
    const args = ["bleu", "--refs", "ref.txt", "--score-only", "--width", "9"];
    const plain = score(args, lines(GOOD));
    expect(plain).toMatchObject({ code: 0, err: "" });
    expect(score(args, GOOD.join("\n"))).toEqual(plain);
    expect(score([...args, "--systems", "windows.txt"])).toEqual(plain);
    writeFileSync(join(folder, "odd.txt"), "one\u2028two\rthree\u0085four\n\nsix\n");
    expect(records(["bleu", "--refs", "odd.txt", "--systems", "odd.txt"])[0]).toMatchObject({
      numSegments: 3,
      score: expect.closeTo(100, 10),
    });
  });

  it("--sentence-level scores each segment alone, with the effective order of BLEU", () => {
    const args = ["bleu", "--refs", "ref.txt", "--sentence-level"];
    const expected = POOR.map((segment, i) => sentenceBleu(segment, [REFERENCE[i]!]).score);
    const found = records(args, lines(POOR));
    expect(found).toEqual(expected.map((each, i) => ({ event: "segment", line: i + 1, metric: "BLEU", score: each })));
    const { out } = score([...args, "--width", "2"], lines(POOR));
    expect(out).toBe(lines(expected.map((each) => each.toFixed(2))));
  });

  it("--score-only prints the score as sacrebleu --score-only does", () => {
    expect(score(["bleu", "--refs", "ref.txt", "--score-only"], lines(GOOD)).out).toBe("37.8\n");
    expect(score(["ter", "--refs", "ref.txt", "--systems", "good.txt", "poor.txt", "--score-only"]).out).toBe(
      lines([GOOD, POOR].map((system) => ter(system, [REFERENCE]).score.toFixed(1))),
    );
  });
});

describe("rnnkit score --confidence and --systems", () => {
  const refs = ["--refs", "ref.txt"];
  const systems = ["--systems", "good.txt", "poor.txt", "good.txt"];

  it("--confidence gives the interval of one system", () => {
    const args = ["bleu", ...refs, "--systems", "good.txt", "--confidence", "--confidence-n", "200"];
    const [record] = records(args);
    expect(record).toMatchObject({
      resampling: { test: "confidence interval", numSamples: 200, seed: 12345 },
      score: bleu(GOOD, [REFERENCE]).score,
    });
    const { mean, halfWidth } = record as { mean: number; halfWidth: number };
    expect(halfWidth).toBeGreaterThan(1);
    const { out } = score(args);
    expect(out.split("\n")[0]).toBe(`BLEU 37.8 (${mean.toFixed(1)} ± ${halfWidth.toFixed(1)})`);
    expect(out).toMatch(/\n95 % confidence interval: 200 samples, seed 12345\n$/);
    expect(records([...args, "--seed", "7"])).not.toEqual([record]);
    expect(records([...args, "--seed", "12345"])).toEqual([record]);
  });

  it("several systems are a table of scores, intervals and p-values against the first", () => {
    const { code, out, err } = score(["ter", ...refs, ...systems]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [header, ...rows] = out.split("\n");
    expect(header).toMatch(/^system +TER +95 % interval +p$/);
    const row = (name: string, system: readonly string[]) =>
      `${name} +${ter(system, [REFERENCE]).score.toFixed(1)} +\\d+\\.\\d ± \\d+\\.\\d`;
    expect(rows[0]).toMatch(new RegExp(`^${row("good.txt", GOOD)}$`));
    expect(rows[1]).toMatch(new RegExp(`^${row("poor.txt", POOR)} +[01]\\.\\d{4}( \\*)?$`));
    expect(rows[2]).toMatch(new RegExp(`^${row("good.txt", GOOD)} +0\\.0010 +\\*$`)); // as in sacreBLEU
    expect(rows.slice(3)).toEqual([
      "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0",
      "paired bootstrap against good.txt: 1 000 samples, seed 12345; * p < 0.05",
      "lower is better",
      "",
    ]);
  });

  it("--paired-bs is the default, and the baseline has no p-value", () => {
    const args = ["chrf", ...refs, ...systems, "--paired-bs-n", "99"];
    const found = records(args);
    expect(found.map(({ system }) => system)).toEqual(["good.txt", "poor.txt", "good.txt"]);
    expect(found[0]).not.toHaveProperty("pValue");
    expect(found[2]).toMatchObject({
      pValue: 0.01,
      resampling: { test: "paired bootstrap", numSamples: 99, seed: 12345 },
    });
    expect(records([...args, "--paired-bs"])).toEqual(found);
  });

  it("--paired-ar is approximate randomization, with intervals by bootstrap", () => {
    const args = ["wer", ...refs, ...systems, "--paired-ar", "--paired-ar-n", "199", "--confidence-n", "99"];
    const found = records(args);
    expect(found.map(({ score: each }) => each)).toEqual(
      segmentStatistics(werMetric(), { systems: [GOOD, POOR, GOOD], references: [REFERENCE] }).map(corpusScore),
    );
    expect(found[2]).toMatchObject({
      pValue: 0.005,
      resampling: { test: "approximate randomization", numSamples: 99, numTrials: 199, seed: 12345 },
    });
    const alone = records(["wer", ...refs, "--systems", "poor.txt", "--confidence", "--confidence-n", "99"]);
    expect(found[1]).toMatchObject({ mean: alone[0]!["mean"], halfWidth: alone[0]!["halfWidth"] });
    expect(score(args).out).toMatch(
      /\napproximate randomization against good.txt: 199 trials, 99 samples, seed 12345; \* p < 0.05\n/,
    );
  });
});

describe("rnnkit score says in one line what is wrong", () => {
  const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

  it.each([
    [["bleu", "--refs", "nowhere.txt"], 1, "rnnkit: cannot read nowhere.txt: there is no such file\n"],
    [["bleu", "--refs", "."], 1, "rnnkit: cannot read .: it is a folder\n"],
    [["bleu", "--refs", "empty.txt"], 1, "rnnkit: empty.txt is empty: it must hold a line for each segment\n"],
    [["bleu", "--refs", "ref.txt"], 1, "rnnkit: standard input is empty: it must hold a line for each segment\n"],
    [["bleu", "--refs", "latin1.txt"], 1, "rnnkit: latin1.txt is not a text file in UTF-8\n"],
    [
      ["bleu", "--refs", "ref.txt", "--systems", "binary.bin"],
      1,
      "rnnkit: binary.bin is not a text file: it holds a zero byte at 1\n",
    ],
    [
      ["ter", "--refs", "ref.txt", "ref2.txt", "--systems", "good.txt", "short.txt"],
      1,
      "rnnkit: short.txt must have as many lines as ref.txt, 3, got 2: " +
        "a line of an output belongs to the same line of the references\n",
    ],
    [["bleu"], 2, matching(/^error: required option '--refs <files...>' not specified\n/)],
    [["meteor", "--refs", "ref.txt"], 2, matching(/^error: unknown command 'meteor'\n/)],
    [["ter", "--refs", "ref.txt", "--tokenize", "zh"], 2, matching(/^error: unknown option '--tokenize'\n/)],
    [
      ["bleu", "--refs", "ref.txt", "--tokenize", "ja-mecab"],
      2,
      matching(/'ja-mecab' is invalid. Allowed choices are 13a, intl, zh, char, none.\n/),
    ],
    [
      ["bleu", "--refs", "ref.txt", "--max-ngram-order", "0"],
      2,
      matching(/'0' is invalid. It must be a positive integer/),
    ],
    [["chrf", "--refs", "ref.txt", "--chrf-word-order", "-1"], 2, matching(/must be an integer that is not negative/)],
    [["chrf", "--refs", "ref.txt", "--width", "1.5"], 2, matching(/It must be an integer from 0 to 17/)],
    [
      ["bleu", "--refs", "ref.txt", "--smooth-value", "1"],
      2,
      matching(/^error: option '--smooth-value <x>' is of --smooth-method floor and add-k\n/),
    ],
    [["wer", "--refs", "ref.txt", "ref2.txt"], 2, matching(/^error: too many arguments for 'wer'/)],
    [["bleu", "--refs", "ref.txt", "--paired-ar"], 2, matching(/^error: option '--paired-ar' compares two or more/)],
    [
      ["bleu", "--refs", "ref.txt", "--systems", "good.txt", "--paired-bs"],
      2,
      matching(/^error: option '--paired-bs' compares two or more/),
    ],
    [
      ["bleu", "--refs", "ref.txt", "--paired-bs", "--paired-ar"],
      2,
      matching(/^error: option '--paired-bs' cannot be used with option '--paired-ar'\n/),
    ],
    [
      ["bleu", "--refs", "ref.txt", "--systems", "good.txt", "poor.txt", "--sentence-level"],
      2,
      matching(/^error: option '--sentence-level' takes one system, got 2\n/),
    ],
  ])("%j", (args, code, message) => {
    expect(score(args)).toEqual({ code, out: "", err: message });
  });
});

describe("rnnkit score --help", () => {
  it.each([["bleu"], ["chrf"], ["ter"], ["wer"], ["cer"]])("%s names every option and its default", async (metric) => {
    const { code, out, err } = score([metric, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    await expect(out).toMatchFileSnapshot(`help/score-${metric}.txt`);
  });
});
