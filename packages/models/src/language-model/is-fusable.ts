import type { RecurrentConfig } from "../config/recurrent-config.ts";

/** Whether `decodingState` of `@rnnkit/ops` computes the layers: those that are PyTorch's, without a projection. */
export function isFusable(config: RecurrentConfig): boolean {
  const { hasLayerNorm, reset, hasPeepholes, projectionSize, isResidual, hiddenZoneout, cellZoneout } = config;
  return !(
    hasLayerNorm ||
    reset === "before" ||
    hasPeepholes ||
    projectionSize ||
    isResidual ||
    hiddenZoneout ||
    cellZoneout
  );
}
