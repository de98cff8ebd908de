import { showValue } from "../show-value.ts";
import { checkWeight } from "./check-weight.ts";
import { GATES, type RecurrentDirection, type RecurrentNetwork, type RecurrentNetworkKind } from "./network-module.ts";

/** I, H and P of one layer in one direction. */
export interface DirectionSizes {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** H, or the width of the projection. */
  readonly outputSize: number;
}

/** The kind, or a RangeError that names the argument. */
export function checkKind(argument: string, kind: RecurrentNetworkKind): RecurrentNetworkKind {
  if (typeof kind === "string" && Object.hasOwn(GATES, kind)) return kind;
  throw new RangeError(`${argument} must be one of ${Object.keys(GATES).join(", ")}, got ${showValue(kind)}`);
}

/**
 * The sizes of every direction of every layer, once all of them fit together.
 *
 * @throws RangeError or TypeError that names `caller`, the layer and the weight.
 */
export function checkNetwork(caller: string, { kind, layers }: RecurrentNetwork): readonly DirectionSizes[] {
  checkKind(`${caller}: kind`, kind);
  if (layers.length === 0) throw new RangeError(`${caller}: layers must hold at least one layer, got none`);
  const hasBackward = layers[0]!.backward !== undefined;
  let inputSize: number | undefined;
  return layers.map(({ forward, backward }, layer) => {
    if ((backward !== undefined) !== hasBackward) {
      throw new RangeError(
        `${caller}: layer ${layer} must have ${hasBackward ? "two directions" : "one direction"} as layer 0 has`,
      );
    }
    const sizes = checkDirection(`${caller}: layer ${layer}`, kind, forward, inputSize);
    if (backward) {
      const other = checkDirection(`${caller}: layer ${layer}, backward,`, kind, backward, sizes.inputSize);
      if (other.hiddenSize !== sizes.hiddenSize || other.outputSize !== sizes.outputSize) {
        throw new RangeError(
          `${caller}: layer ${layer} must be as wide backward as forward, got ${other.outputSize} and ${sizes.outputSize}`,
        );
      }
    }
    inputSize = sizes.outputSize * (hasBackward ? 2 : 1);
    return sizes;
  });
}

function checkDirection(
  place: string,
  kind: RecurrentNetworkKind,
  { inputWeight, recurrentWeight, inputBias, recurrentBias, projectionWeight }: RecurrentDirection,
  inputSize: number | undefined,
): DirectionSizes {
  const gates = GATES[kind];
  checkWeight(`${place} recurrentWeight`, recurrentWeight, { G·H: undefined, P: undefined });
  const rows = recurrentWeight.shape[0]!;
  const outputSize = recurrentWeight.shape[1]!;
  const hiddenSize = projectionWeight ? rows / gates : outputSize;
  if (!Number.isInteger(hiddenSize) || hiddenSize < 1 || outputSize < 1 || rows !== gates * hiddenSize) {
    throw new RangeError(`${place} recurrentWeight must have ${gates} blocks of H rows, got ${rows} rows for ${kind}`);
  }
  if (projectionWeight) {
    if (kind !== "lstm") throw new RangeError(`${place} projectionWeight must be absent in a ${kind}, got one`);
    checkWeight(`${place} projectionWeight`, projectionWeight, { P: outputSize, H: hiddenSize });
  }
  checkWeight(`${place} inputWeight`, inputWeight, { G·H: rows, I: inputSize });
  if (inputBias) checkWeight(`${place} inputBias`, inputBias, { G·H: rows });
  if (recurrentBias) checkWeight(`${place} recurrentBias`, recurrentBias, { G·H: rows });
  return { inputSize: inputWeight.shape[1]!, hiddenSize, outputSize };
}
