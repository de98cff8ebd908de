import type { Batch } from "./batch.ts";
import type { BatchPlan } from "./batch-plan.ts";
import type { TokenStream } from "./token-stream.ts";

/** The batch that lies in the stream where the plan says. */
export function cutBatch(corpus: TokenStream, { starts, numSteps, isContinuation }: BatchPlan): Batch {
  const inputs = new Int32Array(starts.length * numSteps);
  const targets = new Int32Array(starts.length * numSteps);
  for (let row = 0, cell = 0; row < starts.length; row++) {
    const end = starts[row]! + numSteps;
    for (let position = starts[row]!; position < end; position++, cell++) {
      inputs[cell] = corpus[position]!;
      targets[cell] = corpus[position + 1]!;
    }
  }
  return { inputs, targets, shape: [starts.length, numSteps], isContinuation };
}
