import type { Parameters } from "@rnnkit/cells";
import type { RecurrentWeights } from "@rnnkit/ops";
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

/** The parameters of each layer, as `decodingState` wants them; borrowed. */
export function fusedLayers(parameters: Parameters, numLayers: number): RecurrentWeights[] {
  const variables = parameters as Record<string, never>;
  return Array.from({ length: numLayers }, (_, layer) => ({
    inputWeight: variables[`weight_ih_l${layer}`]!,
    recurrentWeight: variables[`weight_hh_l${layer}`]!,
    inputBias: variables[`bias_ih_l${layer}`],
    recurrentBias: variables[`bias_hh_l${layer}`],
  }));
}
