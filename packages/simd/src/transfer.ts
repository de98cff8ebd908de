import { fillRuns } from "./fill.ts";
import { KERNEL } from "./kernel.ts";
import { part, type RecurrentPlan } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";

type Direction = "packSequence" | "unpackSequence";

interface Order {
  readonly plan: RecurrentPlan;
  readonly workspace: SimdArray;
  readonly hasLengths: boolean;
  readonly isReverse: boolean;
}

/**
 * Between row-major [B, T, N] and blocked steps, in their order; what lies beyond a row's length is 0.
 *
 * @param blocked of the first group; the others follow, each `groupLength` floats after the one before.
 */
export function transferSequence(
  simd: Simd,
  direction: Direction,
  { plan, workspace, hasLengths, isReverse }: Order,
  {
    rowMajor,
    blocked,
    groupLength,
    width,
  }: { rowMajor: SimdArray; blocked: SimdArray; groupLength: number; width: number },
): void {
  const { batchSize, numSteps, groupRows } = plan;
  const lengths = hasLengths ? workspace.pointer + plan.lengths * 4 : 0;
  simd.run(KERNEL[direction], simd.numTasks(4 * batchSize * numSteps * width), [
    ...[batchSize, numSteps, width, rowMajor.pointer, blocked.pointer, lengths, Number(isReverse)],
    ...[groupRows, groupLength * 4],
  ]);
}

/** Packs tensors of the state, [B, H] each, to these places of a workspace: zeros where there is none. */
export function placeStates(
  simd: Simd,
  plan: RecurrentPlan,
  {
    workspace,
    offsets,
    rowMajor,
  }: {
    readonly workspace: SimdArray;
    readonly offsets: readonly number[];
    readonly rowMajor: readonly (SimdArray | undefined)[] | undefined;
  },
): void {
  for (let i = 0; i < offsets.length; i++) {
    const blocked = part(workspace, offsets[i]!, plan.stateStep);
    const given = rowMajor?.[i];
    if (given) transferState(simd, "packSequence", plan, { rowMajor: given, blocked });
    else fillRuns(simd, blocked, 0, { numRuns: plan.numGroups, stride: plan.groupLength });
  }
}

/** Between row-major [B, H] and blocked [H/8][rows][8] of each group of a workspace. */
export function transferState(
  simd: Simd,
  direction: Direction,
  { batchSize, hiddenSize, groupRows, groupLength }: RecurrentPlan,
  { rowMajor, blocked }: { rowMajor: SimdArray; blocked: SimdArray },
): void {
  simd.run(KERNEL[direction], 1, [
    ...[batchSize, 1, hiddenSize, rowMajor.pointer, blocked.pointer, 0, 0, groupRows, groupLength * 4],
  ]);
}
