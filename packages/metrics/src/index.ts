export { type CrossEntropyStatistics, sumCrossEntropy } from "./cross-entropy.ts";
export { perplexity } from "./perplexity.ts";
export { bitsPerToken } from "./bits-per-token.ts";
export { unigramCrossEntropy } from "./unigram-cross-entropy.ts";
export { bleu, type BleuOptions } from "./bleu.ts";
export { bleuStatistics, type BleuStatistics, type BleuTokenization } from "./bleu-statistics.ts";
export { sumBleuStatistics } from "./sum-bleu-statistics.ts";
export { bleuFromStatistics, type BleuScore, type BleuScoring, type BleuSmoothing } from "./bleu-from-statistics.ts";
