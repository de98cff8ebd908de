import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { d2lBleu } from "../src/index.ts";

const { source, command, cases } = golden<{
  readonly pairs: readonly (readonly [string, string])[];
  /** For each pair, k from 1 to 4; null where the version has no score. */
  readonly scores: Readonly<Record<"0.17" | "1.0", readonly (readonly (number | null)[])[]>>;
}>(import.meta.url, "d2l-bleu");

describe(`d2lBleu equals ${source} (${command})`, () => {
  for (const version of ["0.17", "1.0"] as const) {
    const rows = cases.pairs.flatMap(([prediction, label], i) =>
      cases.scores[version][i]!.map((score, k) => [prediction, label, k + 1, score] as const),
    );

    it.each(rows.filter(([, , , score]) => score !== null))(
      `d2lBleu(%j, %j, {maxOrder: %d, version: "${version}"}) is %d`,
      (prediction, label, maxOrder, score) => {
        expect(d2lBleu(prediction, label, { maxOrder, version })).toBeCloseTo(score!, 14);
      },
    );

    it.for(rows.filter(([, , , score]) => score === null))(
      `d2lBleu(%j, %j, {maxOrder: %d, version: "${version}"}) throws`,
      ([prediction, label, maxOrder]) => {
        const rule = `at most the ${prediction.split(" ").length} tokens of the prediction in version 0.17`;
        const error = new RangeError(`d2lBleu: maxOrder must be ${rule}, got ${maxOrder}`);
        expect(() => d2lBleu(prediction, label, { maxOrder, version })).toThrow(error);
      },
    );
  }
});

describe("d2lBleu", () => {
  it("d2lBleu is of version 1.0 unless told", () => {
    expect(d2lBleu("a", "a", { maxOrder: 4 })).toBe(1);
  });

  it("d2lBleu of tokens instead of text throws", () => {
    const call = () => d2lBleu("a", ["a"] as unknown as string, { maxOrder: 1 });
    expect(call).toThrow(new TypeError("d2lBleu: label must be a string, got object"));
  });

  it.each([
    [{ maxOrder: 0 }, "maxOrder must be a positive integer, got 0"],
    [{ maxOrder: 1.5 }, "maxOrder must be a positive integer, got 1.5"],
    [{ maxOrder: 2, version: "0.16" as "0.17" }, 'version must be "0.17" or "1.0", got 0.16'],
  ])("d2lBleu with %j throws", (options, message) => {
    expect(() => d2lBleu("a", "a", options)).toThrow(new RangeError(`d2lBleu: ${message}`));
  });
});
