import type { RecurrentKind } from "@rnnkit/ops";
import { outputSizeOf, parameterShapes } from "../cells/cell-form.ts";
import { cellForm } from "../cells/cell-options.ts";
import type { RecurrentLayersOptions } from "./recurrent-layers.ts";

/** Of all kinds together, but for what draws the parameters. */
type ShapeOptions = Omit<RecurrentLayersOptions<"lstm"> & RecurrentLayersOptions<"gru">, "generator"> & {
  /** Whether the layers are those of `bidirectionalLayers`. Default false. */
  readonly isBidirectional?: boolean;
};

/**
 * The names and shapes of the parameters that `recurrentLayers` or `bidirectionalLayers` would make, in their order, without
 * making them: whether a file holds them can be asked before any memory is taken.
 *
 * @returns one after the other, each computed when it is asked for.
 * @throws RangeError when an option is out of range.
 */
export function* layerShapes(
  kind: RecurrentKind,
  { numLayers = 1, isBidirectional = false, ...options }: ShapeOptions,
): Generator<readonly [name: string, shape: readonly number[]]> {
  let { inputSize } = options;
  for (let layer = 0; layer < numLayers; layer++) {
    const form = cellForm("layerShapes", kind, { ...options, inputSize });
    for (const direction of isBidirectional ? ["", "_reverse"] : [""]) {
      for (const [name, shape] of Object.entries(parameterShapes(form))) {
        yield [`${name}_l${layer}${direction}`, shape];
      }
    }
    inputSize = outputSizeOf(form) * (isBidirectional ? 2 : 1);
  }
}
