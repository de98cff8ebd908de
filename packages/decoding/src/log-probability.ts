declare const unit: unique symbol;

/**
 * The natural logarithm of a probability: at most 0, -Infinity for the impossible. The brand keeps it apart from logits
 * and from probabilities at no cost; say `Math.log(p) as LogProbability` to make one.
 */
export type LogProbability = number & { readonly [unit]: "log-probability" };
