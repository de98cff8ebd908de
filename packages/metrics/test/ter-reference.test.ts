import { sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { ter, type TerOptions } from "../src/index.ts";
import { resolveTerOptions } from "../src/ter-options.ts";
import { tokenizeTercom } from "../src/tokenize-tercom.ts";

const testSuite = sharedFile("reference/sacrebleu_tests.json");
const systems = sharedFile("data/bleu/wmt17-en-de-systems.tsv.gz");
const systemScores = sharedFile("reference/sacrebleu_significance.json");

interface Parameters {
  readonly normalized?: boolean;
  readonly no_punct?: boolean;
  readonly asian_support?: boolean;
  readonly case_sensitive?: boolean;
}

function options({ normalized, no_punct, asian_support, case_sensitive }: Parameters): Required<TerOptions> {
  return resolveTerOptions({
    normalized: normalized ?? false,
    punctuation: !(no_punct ?? false),
    asianSupport: asian_support ?? false,
    caseSensitive: case_sensitive ?? false,
  });
}

const reason = testSuite.isPresent ? "" : `: ${testSuite.reason}`;

describe.skipIf(!testSuite.isPresent)(`ter equals the test suite of sacreBLEU${reason}`, () => {
  const cases = testSuite.isPresent ? JSON.parse(testSuite.text()) : {};

  it("ter of its corpora", () => {
    const results = cases.ter.map(
      ({ hypotheses, references, params }: Record<"hypotheses" | "references" | "params", never>) =>
        ter(hypotheses, references, options(params)),
    );
    expect(results.length).toBe(7);
    expect(results).toEqual(
      cases.ter.map((test: Record<string, number>) => ({
        score: test["actual"],
        edits: test["num_edits"],
        referenceLength: test["ref_length"],
      })),
    );
  });

  it("tokenizeTercom of its lines", () => {
    const lines: { input: string; params: Parameters; expected: string }[] = cases.ter_tokenizer;
    expect(lines.length).toBe(11);
    expect(lines.map(({ input, params }) => tokenizeTercom(input, options(params)).join(" "))).toEqual(
      lines.map(({ expected }) => expected),
    );
  });
});

const absent = [systems, systemScores].find((file) => !file.isPresent);

describe.skipIf(absent)(`ter of 16 systems of WMT17 equals sacreBLEU${absent ? `: ${absent.reason}` : ""}`, () => {
  const [header = [], ...rows] = absent ? [] : splitRows(systems.text()).slice(0, 201);
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]!);
  const scores: Record<string, { score: number; num_edits: number; ref_length: number }> = absent
    ? {}
    : JSON.parse(systemScores.text()).GENERATED_ter_first_200_segments;

  it.each(header.slice(1))("ter of the first 200 segments of %s", (name) => {
    const { score, num_edits: edits, ref_length: referenceLength } = scores[name]!;
    expect(ter(column(name), [column("reference")])).toEqual({ score, edits, referenceLength });
  });
});

function splitRows(text: string): string[][] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
}
