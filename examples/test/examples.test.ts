import { useBackend } from "@rnnkit/backends";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ExampleResult } from "../src/example.ts";
import { EXAMPLES } from "../src/examples.ts";
import { noData } from "../src/read-data.ts";

/** What the small form of each example must show, on the data that npm brings. */
const PROPERTIES: Readonly<Record<string, (result: ExampleResult) => void>> = {
  "noisy-sine"(result) {
    const oneAhead = figure(result, "unseen, 1 ahead");
    expect(oneAhead).toBeLessThan(0.25); // the sine's own variance is 0.5
    expect(figure(result, "unseen, 64 ahead")).toBeGreaterThan(oneAhead);
    expect(result.drawings!["noisy-sine-k-step.svg"]!.match(/<polyline/g)).toHaveLength(4);
  },
  "text-statistics"(result) {
    expect(figure(result, "words")).toBeGreaterThan(1000);
    expect(figure(result, "distinct trigrams")).toBeGreaterThan(figure(result, "distinct bigrams"));
    expect(figure(result, "Zipf's law, unigrams")).toBeGreaterThan(figure(result, "Zipf's law, trigrams"));
    expect(result.texts![0]!.text).toMatch(/^the \d+/);
  },
  "rnn-scratch"(result) {
    for (const order of ["sequential", "random"]) expect(figure(result, order)).toBeLessThan(20); // of 28 at first
  },
  "recurrent-layers"(result) {
    for (const { value } of result.figures) expect(value).toBeLessThan(20);
    expect(result.texts!.every(({ text }) => text.length === 50)).toBe(true);
  },
  "bidirectional-misuse"(result) {
    expect(figure(result, "perplexity")).toBeLessThan(10); // far below what a character costs without looking ahead
  },
  tagger(result) {
    expect(figure(result, "accuracy, held-out")).toBeGreaterThan(figure(result, "most frequent tag"));
  },
  "names-classified"(result) {
    expect(figure(result, "accuracy, held out")).toBeGreaterThan(figure(result, "most frequent class"));
  },
  "names-generated"(result) {
    expect(figure(result, "perplexity a letter")).toBeLessThan(20);
    expect(result.texts!.every(({ text }) => text.split(", ").length === 4)).toBe(true);
  },
  "encoder-decoder"(result) {
    expect(figure(result, "loss, nats")).toBeLessThan(4); // of 5.5 at first
    expect(result.texts!.length).toBe(8);
  },
  attention(result) {
    expect(figure(result, "loss, nats")).toBeLessThan(4);
    expect(result.drawings!["attention.svg"]).toContain("&lt;eos&gt;");
  },
  "beam-search"(result) {
    const counts = ["right", "by the search", "by the model"].map((what) => figure(result, what));
    const [, searched] = /(\d+) of other sources/.exec(result.data)!;
    expect(Number(searched)).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count)).toBe(Number(searched));
    expect(figure(result, "mean score, beam of 2")).toBeGreaterThanOrEqual(
      figure(result, "mean score, beam of 1") - 0.1,
    );
  },
  "word-model"(result) {
    expect(figure(result, "validation perplexity, ")).toBeLessThan(figure(result, "frequencies alone") * 1.5);
  },
  "tiny-shakespeare"(result) {
    expect(figure(result, "validation loss")).toBeLessThan(3.4); // of 4.2 at first
  },
  "tiny-shakespeare-10"(result) {
    expect(figure(result, "validation loss")).toBeLessThan(3.4);
  },
};

beforeAll(async () => {
  tf.enableProdMode();
  await useBackend();
});

describe("npm run example -- NAME --small, on a fresh clone,", () => {
  it("has a property to show for every example", () => {
    expect(Object.keys(PROPERTIES)).toEqual(Object.keys(EXAMPLES));
  });

  it.each(Object.keys(EXAMPLES))("shows what %s is about, and leaves no tensor behind", async (name) => {
    const { numTensors } = tf.memory();
    const result = await EXAMPLES[name]!.run({ readData: noData, isSmall: true, log: () => {} });
    expect(tf.memory().numTensors).toBe(numTensors);
    for (const { value } of result.figures) expect(value).not.toBeNaN();
    PROPERTIES[name]!(result);
  });
});

function figure({ figures }: ExampleResult, part: string): number {
  const found = figures.filter(({ name }) => name.includes(part));
  expect(found, `figures named ${part}`).toHaveLength(1);
  return found[0]!.value;
}
