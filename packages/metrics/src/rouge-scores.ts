import { longestCommonLength, markLongestCommon } from "./longest-common-subsequence.ts";
import { type PrecisionRecallF1, precisionRecallF1 } from "./precision-recall-f1.ts";
import { referenceNgrams } from "./reference-ngrams.ts";

/** The scores of the variants of ROUGE, or their sums. */
export interface RougeScores {
  /** Of words. */
  readonly rouge1: PrecisionRecallF1;
  /** Of pairs of words. */
  readonly rouge2: PrecisionRecallF1;
  /** Of the longest common subsequence of the whole texts. */
  readonly rougeL: PrecisionRecallF1;
  /** Of the union of the longest common subsequences of their lines, each line a sentence. */
  readonly rougeLsum: PrecisionRecallF1;
}

/** A record made of the result for each variant. */
export function mapVariants(scoreOf: (variant: keyof RougeScores) => PrecisionRecallF1): RougeScores {
  return {
    rouge1: scoreOf("rouge1"),
    rouge2: scoreOf("rouge2"),
    rougeL: scoreOf("rougeL"),
    rougeLsum: scoreOf("rougeLsum"),
  };
}

/** The words of a text, as a whole and of each line. */
export interface TokenizedText {
  readonly whole: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

export function tokenizeLines(text: string, tokenizer: (text: string) => readonly string[]): TokenizedText {
  const whole = tokenizer(text);
  return { whole, lines: text.includes("\n") ? text.split("\n").map((line) => tokenizer(line)) : [whole] };
}

/** The scores of a hypothesis against one reference. */
export function scoreRouge(hypothesis: TokenizedText, reference: TokenizedText): RougeScores {
  const ngrams = referenceNgrams(2);
  ngrams.set([reference.whole]);
  const matches = new Float64Array(2);
  ngrams.addMatches(hypothesis.whole, matches);
  const [predicted, actual] = [hypothesis.whole.length, reference.whole.length];
  const rougeL = precisionRecallF1({
    correct: longestCommonLength(hypothesis.whole, reference.whole),
    predicted,
    actual,
  });
  const hasOneLine = hypothesis.lines.length === 1 && reference.lines.length === 1;
  return {
    rouge1: precisionRecallF1({ correct: matches[0]!, predicted, actual }),
    rouge2: precisionRecallF1({
      correct: matches[1]!,
      predicted: Math.max(0, predicted - 1),
      actual: Math.max(0, actual - 1),
    }),
    rougeL,
    rougeLsum: hasOneLine ? rougeL : scoreUnions(hypothesis.lines, reference.lines),
  };
}

/** Each line of the reference against all of the hypothesis; a word of the hypothesis is matched once, as in ROUGE 1.5.5. */
function scoreUnions(
  hypothesis: readonly (readonly string[])[],
  reference: readonly (readonly string[])[],
): PrecisionRecallF1 {
  const left = new Map<string, number>();
  for (const token of hypothesis.flat()) left.set(token, (left.get(token) ?? 0) + 1);
  let correct = 0;
  for (const line of reference) {
    const isCommon = line.map(() => false);
    for (const other of hypothesis) markLongestCommon(other, line, isCommon);
    line.forEach((token, i) => {
      const times = left.get(token) ?? 0;
      if (!isCommon[i] || times === 0) return;
      correct++;
      left.set(token, times - 1);
    });
  }
  return precisionRecallF1({ correct, predicted: hypothesis.flat().length, actual: reference.flat().length });
}
