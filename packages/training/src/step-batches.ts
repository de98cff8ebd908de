import { positionedBatches, type BatchPosition, type Batches } from "@rnnkit/samplers";

/** What one step learns from. */
interface StepBatches<B> {
  readonly batches: readonly B[];
  readonly epoch: number;
  /** The batch that the next step begins with. */
  readonly next: BatchPosition;
}

/** The batches of each step, from `start` on, without end. A step stays within an epoch: the last one may have fewer batches. */
export function* stepBatches<B>(
  batches: Batches<B>,
  { start, batchesPerStep }: { readonly start: BatchPosition; readonly batchesPerStep: number },
): Generator<StepBatches<B>> {
  let group: B[] = [];
  for (const { batch, position, next } of positionedBatches(batches, { start })) {
    group.push(batch);
    if (group.length < batchesPerStep && next.batch > 0) continue;
    yield { batches: group, epoch: position.epoch, next };
    group = [];
  }
}
