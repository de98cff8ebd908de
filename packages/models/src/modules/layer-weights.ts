import type { Parameters } from "@rnnkit/cells";
import type { RecurrentWeights } from "@rnnkit/ops";

/** The parameters of each of the recurrent layers in one direction, as the operations of `@rnnkit/ops` want them; borrowed. */
export function layerWeights(parameters: Parameters, numLayers: number): RecurrentWeights[] {
  const variables = parameters as Record<string, never>;
  return Array.from({ length: numLayers }, (_, layer) => ({
    inputWeight: variables[`weight_ih_l${layer}`]!,
    recurrentWeight: variables[`weight_hh_l${layer}`]!,
    inputBias: variables[`bias_ih_l${layer}`],
    recurrentBias: variables[`bias_hh_l${layer}`],
  }));
}
