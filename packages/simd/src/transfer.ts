import { fillElements } from "./fill.ts";
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

/** Between row-major [B, T, N] and the blocked steps of a workspace, in their order; what lies beyond a row's length is 0. */
export function transferSequence(
  simd: Simd,
  direction: Direction,
  { plan, workspace, hasLengths, isReverse }: Order,
  { rowMajor, blocked, width }: { rowMajor: SimdArray; blocked: SimdArray; width: number },
): void {
  const { batchSize, numSteps } = plan;
  const lengths = hasLengths ? workspace.pointer + plan.lengths * 4 : 0;
  simd.run(KERNEL[direction], simd.numTasks(4 * batchSize * numSteps * width), [
    ...[batchSize, numSteps, width, rowMajor.pointer, blocked.pointer, lengths, Number(isReverse)],
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
    else fillElements(simd, blocked, 0);
  }
}

/** Between row-major [B, H] and blocked [H/8][B][8]. */
export function transferState(
  simd: Simd,
  direction: Direction,
  { batchSize, hiddenSize }: RecurrentPlan,
  { rowMajor, blocked }: { rowMajor: SimdArray; blocked: SimdArray },
): void {
  simd.run(KERNEL[direction], 1, [batchSize, 1, hiddenSize, rowMajor.pointer, blocked.pointer, 0, 0]);
}
