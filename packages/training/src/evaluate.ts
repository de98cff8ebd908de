import { sumCrossEntropy, type CrossEntropyStatistics } from "@rnnkit/metrics";
import * as tf from "@tensorflow/tfjs";
import { CarriedState } from "./carried-state.ts";
import type { CarriedBatch, Loss, State } from "./loss.ts";
import { readScalar } from "./read-scalar.ts";

export interface EvaluateOptions<Batch extends CarriedBatch, S extends State> {
  readonly batches: Iterable<Batch>;
  readonly loss: Loss<Batch, S>;
}

/**
 * The loss of all tokens of some batches, without training: summed over tokens, so that `perplexity` of it is exact
 * whatever the sizes of the batches. The state is carried where a batch says that it continues the one before.
 *
 * @returns total nats and the number of tokens, to be given to `perplexity` of `@rnnkit/metrics`.
 */
export async function evaluate<Batch extends CarriedBatch, S extends State>({
  batches,
  loss,
}: EvaluateOptions<Batch, S>): Promise<CrossEntropyStatistics> {
  const carried = new CarriedState<S>();
  const parts: CrossEntropyStatistics[] = [];
  try {
    for (const batch of batches) {
      let count = 0;
      const meanLoss = tf.tidy(() => {
        const result = loss(batch, carried.before(batch));
        carried.replace(result.state);
        count = result.count;
        return result.meanLoss;
      });
      parts.push({ totalNats: (await readScalar(meanLoss)) * count, count });
    }
  } finally {
    carried.dispose();
  }
  return sumCrossEntropy(parts);
}
