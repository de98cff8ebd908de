// The built command, run as a user runs it: in a process of its own, in a folder of its own.
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const COMMAND = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const FILES = ["config.json", "model.safetensors", "vocabulary.json"];
const SMALL = ["--hidden-size", "8", "--batch-size", "4", "--sequence-length", "8", "--backend", "cpu"];
const TEXT = "In the beginning was the word, and the word was read again and again. ".repeat(20);

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Line {
  readonly event: string;
  readonly [field: string]: unknown;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rnnkit-cli-"));
  await writeFile(join(folder, "book.txt"), TEXT);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function rnnkit(args: string[], onOutput: (out: string, kill: (signal: NodeJS.Signals) => void) => void = () => {}) {
  return new Promise<Result>((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      onOutput(out, (signal) => child.kill(signal));
    });
    child.stderr.on("data", (data: Buffer) => (err += data.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const lines = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
const read = (model: string) => Promise.all(FILES.map((name) => readFile(join(folder, model, name))));
const train = (model: string, ...more: string[]) =>
  rnnkit(["train", "book.txt", "--out", model, "--steps", "3", "--json", ...SMALL, ...more]);

describe("rnnkit train, generate, evaluate", () => {
  it("train saves a model that generate and evaluate load in a new process", async () => {
    const { code, out, err } = await train("model", "--epochs", "5");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [start, ...rest] = lines(out);
    expect(start).toMatchObject({ event: "start", source: "book.txt", tokenizer: "characters", seed: 1 });
    expect(rest.map(({ event }) => event)).toEqual(["report", "report", "report", "validation", "saved"]);
    expect((await readdir(join(folder, "model"))).sort()).toEqual(FILES);

    expect(rest[3]).toMatchObject({ uniformPerplexity: 18 });

    const generated = await rnnkit([
      "generate",
      "model",
      "--prompt",
      "In the",
      "--length",
      "12",
      "--json",
      "--backend",
      "cpu",
    ]);
    expect({ code: generated.code, err: generated.err }).toEqual({ code: 0, err: "" });
    expect(lines(generated.out)[0]).toMatchObject({ event: "continuation", method: "multinomial", prompt: "In the" });
    expect(lines(generated.out)[0]!["text"]).toHaveLength(12);

    const evaluated = await rnnkit(["evaluate", "model", "book.txt", "--json", "--backend", "cpu"]);
    expect({ code: evaluated.code, err: evaluated.err }).toEqual({ code: 0, err: "" });
    expect(lines(evaluated.out)[0]).toMatchObject({ event: "evaluation", count: TEXT.length - 1, numUnknown: 0 });
    expect(lines(evaluated.out)[0]!["perplexity"]).toBeLessThan(22);
  });

  it.each(["greedy", "multinomial", "beam"])(
    "generate --method %s prints the prompt and its continuation",
    async (method) => {
      await train(method);
      const args = [
        "generate",
        method,
        "--prompt",
        "the word",
        "--method",
        method,
        "--length",
        "5",
        "--backend",
        "cpu",
      ];
      const [first, second] = [await rnnkit(args), await rnnkit(args)];
      expect(first).toMatchObject({ code: 0, err: "" });
      expect(first.out).toMatch(/^the word[^]{5}\n$/);
      expect(second.out).toBe(first.out);
    },
  );

  const text = async (...args: string[]) => {
    const common = ["--prompt", "the word", "--length", "60", "--backend", "cpu", "--json"];
    const { out, err } = await rnnkit(["generate", "model", ...common, ...args]);
    expect(err).toBe("");
    return lines(out)[0]!["text"] as string;
  };

  it("generate draws from fewer tokens with --top-k, --top-p, --min-p and --typical, and repeats less", async () => {
    await train("model", "--epochs", "5");
    const greedy = await text("--method", "greedy");
    expect(await text("--top-k", "1")).toBe(greedy);
    expect(await text("--top-p", "0.001")).toBe(greedy);
    expect(await text("--min-p", "0.999999")).toBe(greedy);
    const free = await text();
    expect(free).not.toBe(greedy);
    expect(await text("--typical", "0.1")).not.toBe(free);
    expect(await text("--method", "greedy", "--top-k", "3", "--temperature", "9")).toBe(greedy);
    for (const method of ["greedy", "multinomial", "beam"]) {
      const blocked = `the word${await text("--method", method, "--ngram-blocking", "2")}`.replaceAll("<unk>", "?");
      const pairs = Array.from(blocked.slice(1), (character, i) => blocked[i]! + character);
      expect(new Set(pairs).size).toBe(pairs.length);
    }
    const penalised = await text("--method", "greedy", "--repetition-penalty", "1e6", "--length", "4");
    expect(penalised).not.toBe(greedy.slice(0, penalised.length));
  });

  it("generate --stop ends before any of the texts, in JSON and in plain text", async () => {
    await train("model", "--epochs", "5");
    const free = await text();
    for (const stop of [free.slice(20, 24), free.slice(0, 2)]) {
      const shown = free.slice(0, free.indexOf(stop));
      expect(await text("--stop", "nowhere in it", "--stop", stop)).toBe(shown);
      const args = ["--prompt", "the word", "--length", "60", "--backend", "cpu", "--stop", stop];
      expect((await rnnkit(["generate", "model", ...args])).out).toBe(`the word${shown}\n`);
    }
  });

  it.each([
    ["cpu", "sequential", "adam"],
    ["wasm", "random", "sgd"],
    ["rnnkit-simd", "sequential", "adam"],
  ])("train --seed is repeatable to the bit on %s, %s, %s", async (backend, sampling, optimizer) => {
    const options = ["--backend", backend, "--sampling", sampling, "--optimizer", optimizer, "--embedding-size", "4"];
    for (const [model, seed] of [
      ["a", "5"],
      ["b", "5"],
      ["c", "6"],
    ] as const) {
      expect((await train(model, "--seed", seed, ...options)).code).toBe(0);
    }
    expect(await read("a")).toEqual(await read("b"));
    expect((await read("a"))[1]).not.toEqual((await read("c"))[1]);
  });

  it("train learns: more steps of the same seed end at a lower perplexity", async () => {
    const score = async (steps: string) => {
      const { out } = await train("learnt", "--steps", steps, "--epochs", "50", "--layers", "2", "--kind", "gru");
      return lines(out).find(({ event }) => event === "validation")!["perplexity"] as number;
    };
    expect(await score("120")).toBeLessThan(0.8 * (await score("2")));
  });

  it("train --tokenizer words reads and writes words", async () => {
    expect((await train("words", "--tokenizer", "words", "--batch-size", "2", "--min-frequency", "2")).code).toBe(0);
    const { out, err } = await rnnkit(["generate", "words", "--prompt", "the  word", "--length", "3", "--json"]);
    expect(err).toBe("");
    expect((lines(out)[0]!["text"] as string).trim().split(" ")).toHaveLength(3);
  });

  it("train prints plain lines of progress where there is no terminal, and what to type next", async () => {
    const { out, err } = await rnnkit([
      "train",
      "book.txt",
      "--out",
      "plain",
      "--steps",
      "20",
      "--epochs",
      "20",
      ...SMALL,
    ]);
    const progress = err.trim().split("\n");
    expect(progress).toHaveLength(10);
    for (const line of progress) {
      expect(line).toMatch(
        /^\d+% · step \d+\/20 · loss \d\.\d+ · perplexity [\d.]+( · validation [\d.]+)? · [\d ]+ tokens\/s · \d+:\d\d left$/,
      );
    }
    expect(out).toMatch(/this model +[\d.]+ .*\n +unigram +[\d.]+ .*\n +uniform +18/);
    expect(out).toMatch(/saved in plain after \d+:\d\d\nnext: .*generate plain --prompt/);
  });

  it("Ctrl-C saves what was learnt, and leaves with 130", async () => {
    let isKilled = false;
    const args = ["train", "book.txt", "--out", "interrupted", "--epochs", "100000", "--json", ...SMALL];
    const { code, out } = await rnnkit(args, (text, kill) => {
      if (!isKilled && text.includes('"step":3,')) {
        isKilled = true;
        kill("SIGINT");
      }
    });
    expect(code).toBe(130);
    expect(
      lines(out)
        .slice(-3)
        .map(({ event }) => event),
    ).toEqual(["interrupted", "validation", "saved"]);
    expect((await rnnkit(["generate", "interrupted", "--prompt", "a", "--length", "2"])).code).toBe(0);
  });

  it("train replaces a model, and leaves nothing beside it", async () => {
    await train("replaced", "--seed", "1");
    const before = await read("replaced");
    await train("replaced", "--seed", "2");
    expect(await read("replaced")).not.toEqual(before);
    expect((await readdir(folder)).filter((name) => name.startsWith("replaced"))).toEqual(["replaced"]);
  });
});

describe("rnnkit demo", () => {
  it("trains on the book of the package, shows three continuations and saves", async () => {
    const { code, out } = await rnnkit(["demo", "--steps", "2", "--json", "--out", "alice"]);
    expect(code).toBe(0);
    const events = lines(out);
    expect(events.map(({ event }) => event)).toEqual([
      "start",
      "report",
      "report",
      "validation",
      "continuation",
      "continuation",
      "continuation",
      "saved",
    ]);
    expect(events[0]).toMatchObject({ numTokens: { train: 129956, validation: 14439 } });
    expect(events[3]).toMatchObject({ uniformPerplexity: 74 });
    expect(events.slice(4, 7).map(({ method }) => method)).toEqual(["greedy", "multinomial", "beam"]);
    expect((await readdir(join(folder, "alice"))).sort()).toEqual(FILES);
  });
});

const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe("rnnkit says in one line what is wrong", () => {
  beforeAll(async () => {
    await mkdir(join(folder, "busy"));
    await writeFile(join(folder, "busy", "thesis.txt"), "years of work");
    await writeFile(join(folder, "empty.txt"), " \n");
    await writeFile(join(folder, "short.txt"), "too short");
    await writeFile(join(folder, "latin1.txt"), Buffer.from("caf\xe9 ".repeat(99), "latin1"));
    await writeFile(join(folder, "binary.bin"), Buffer.from([1, 2, 0, 3]));
    await train("good");
    const damage = async (name: string, file: string, change: (text: string) => string) => {
      await mkdir(join(folder, name));
      for (const each of FILES) {
        const bytes = await readFile(join(folder, "good", each));
        const changed = each === file ? Buffer.from(change(bytes.toString("latin1")), "latin1") : bytes;
        await writeFile(join(folder, name, each), changed);
      }
    };
    await damage("cut", "model.safetensors", (text) => text.slice(0, -3));
    await damage("newer", "config.json", (text) => text.replace('"version": 1', '"version": 2'));
    await damage("garbled", "vocabulary.json", () => "{");
    await damage("partial", "config.json", (text) => text);
    await rm(join(folder, "partial", "vocabulary.json"));
  });

  it.each([
    [["train", "nowhere.txt"], 1, "rnnkit: cannot read nowhere.txt: there is no such file\n"],
    [["train", "busy"], 1, "rnnkit: cannot read busy: it is a folder\n"],
    [["train", "empty.txt"], 1, "rnnkit: empty.txt is empty\n"],
    [["train", "latin1.txt"], 1, "rnnkit: latin1.txt is not a text file in UTF-8\n"],
    [["train", "binary.bin"], 1, "rnnkit: binary.bin is not a text file: it holds a zero byte at 2\n"],
    [
      ["train", "short.txt"],
      1,
      matching(/^rnnkit: short.txt is too short: a batch of 16 rows of 32 takes 606 characters, got 9; .*\n$/),
    ],
    [
      ["train", "book.txt", "--out", "busy"],
      1,
      "rnnkit: cannot save in busy: it holds thesis.txt, which is no part of a model; name another folder with --out\n",
    ],
    [["train", "book.txt", "--out", "book.txt"], 1, "rnnkit: cannot save in book.txt: it is a file\n"],
    [
      ["train", "book.txt", "--backend", "tensorflow"],
      1,
      matching(/^rnnkit: useBackend: tensorflow needs the package @tensorflow\/tfjs-node; .*\n$/),
    ],
    [
      ["train", "book.txt", "--hidden-size", "0"],
      2,
      matching(/'--hidden-size <n>' argument '0' is invalid. It must be a positive integer./),
    ],
    [["train", "book.txt", "--learning-rate", "fast"], 2, matching(/'fast' is invalid. It must be a positive number./)],
    [
      ["train", "book.txt", "--seed", "-1"],
      2,
      matching(/'-1' is invalid. It must be an integer from 0 to 4294967295./),
    ],
    [
      ["train", "book.txt", "--validation-fraction", "1"],
      2,
      matching(/'1' is invalid. It must be a number between 0 and 1./),
    ],
    [
      ["train", "book.txt", "--kind", "transformer"],
      2,
      matching(/'transformer' is invalid. Allowed choices are lstm, gru, rnn-tanh, rnn-relu./),
    ],
    [["train"], 2, matching(/missing required argument 'file'/)],
    [["train", "book.txt", "--lerning-rate", "1"], 2, matching(/unknown option '--lerning-rate'/)],
    [["dance"], 2, matching(/unknown command 'dance'/)],
    [["generate", "good"], 2, matching(/required option '--prompt <text>' not specified/)],
    [
      ["generate", "good", "--prompt", "a", "--top-k", "0"],
      2,
      matching(/--top-k <n>.* It must be a positive integer\./),
    ],
    [
      ["generate", "good", "--prompt", "a", "--top-p", "1.5"],
      2,
      matching(/--top-p <x>.* It must be a number between 0/),
    ],
    [["generate", "good", "--prompt", "a", "--stop", ""], 2, matching(/--stop <text>.* It must not be empty\./)],
    [
      ["generate", "good", "--prompt", "a", "--stop", ".", "--method", "beam"],
      2,
      matching(/option '--stop <text>' cannot be used with option '--method beam'/),
    ],
    [["generate", "good", "--prompt", ""], 1, "rnnkit: the prompt holds no token: it must hold at least one\n"],
    [["generate", "nowhere", "--prompt", "a"], 1, "rnnkit: there is no model in nowhere: there is no such folder\n"],
    [
      ["generate", "busy", "--prompt", "a"],
      1,
      "rnnkit: there is no model in busy: config.json cannot be read from busy\n",
    ],
    [
      ["generate", "partial", "--prompt", "a"],
      1,
      matching(/^rnnkit: loadModel: vocabulary.json must hold the model's \d+ tokens, got no such vocabulary\n$/),
    ],
    [["generate", "cut", "--prompt", "a"], 1, matching(/^rnnkit: loadModel: model.safetensors: .*\n$/)],
    [["generate", "newer", "--prompt", "a"], 1, "rnnkit: loadModel: config.json: version must be 1, got 2\n"],
    [["evaluate", "garbled", "book.txt"], 1, matching(/^rnnkit: loadModel: vocabulary.json: .*\n$/)],
    [["evaluate", "good", "nowhere.txt"], 1, "rnnkit: cannot read nowhere.txt: there is no such file\n"],
  ])("%j", async (args, code, message) => {
    expect(await rnnkit(args)).toEqual({ code, out: "", err: message });
  });

  it("and with --debug prints the stack", async () => {
    const { code, err } = await rnnkit(["--debug", "train", "nowhere.txt"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^rnnkit: Error: cannot read nowhere.txt.*\n +at /);
  });

  it("leaves what was in the folder alone", async () => {
    expect(await readFile(join(folder, "busy", "thesis.txt"), "utf8")).toBe("years of work");
    expect(await readFile(join(folder, "book.txt"), "utf8")).toBe(TEXT);
  });

  it("generate warns of what the model does not know in the prompt", async () => {
    const { code, err } = await rnnkit(["generate", "good", "--prompt", "Zebra Z", "--length", "2"]);
    expect({ code, err }).toEqual({
      code: 0,
      err: 'rnnkit: the model does not know "Z" of the prompt, and reads <unk> instead\n',
    });
  });
});

describe("rnnkit --help", () => {
  it.each([[[]], [["demo"]], [["train"]], [["generate"]], [["evaluate"]], [["score"]]])(
    "%j names every option and its default",
    async (args) => {
      const { code, out, err } = await rnnkit([...args, "--help"]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      await expect(out).toMatchFileSnapshot(`help/${args[0] ?? "rnnkit"}.txt`);
    },
  );
});
