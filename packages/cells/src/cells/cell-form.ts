import { NUM_GATES, type RecurrentKind } from "@rnnkit/ops";

/** What kind of cell it is and of which sizes: all that its equations and parameters depend on. */
export interface CellForm {
  readonly kind: RecurrentKind;
  /** I */
  readonly inputSize: number;
  /** H */
  readonly hiddenSize: number;
  readonly numBiases: 0 | 1 | 2;
  readonly hasLayerNorm: boolean;
  /** Where a GRU's reset gate multiplies: after the product with the recurrent weight or before it. */
  readonly reset: "after" | "before";
  readonly hasPeepholes: boolean;
  /** P */
  readonly projectionSize: number | undefined;
  readonly inputDropout: number;
  readonly recurrentDropout: number;
  readonly hiddenZoneout: number;
  readonly cellZoneout: number;
}

/** The width of the hidden state and of the output: P with a projection, else H. */
export function outputSizeOf({ projectionSize, hiddenSize }: CellForm): number {
  return projectionSize ?? hiddenSize;
}

/** G·H, the rows of the weights. */
export function gateRows({ kind, hiddenSize }: CellForm): number {
  return NUM_GATES[kind] * hiddenSize;
}

/** Whether `recurrent` of `@rnnkit/ops` computes the cell, but for masks of its recurrent product. */
export function isFusable(form: CellForm): boolean {
  const { hasLayerNorm, reset, hasPeepholes, projectionSize, hiddenZoneout, cellZoneout } = form;
  return !hasLayerNorm && reset === "after" && !hasPeepholes && !projectionSize && hiddenZoneout + cellZoneout === 0;
}

/** The shape of each parameter, in the order in which they are drawn. */
export function parameterShapes(form: CellForm): Record<string, readonly number[]> {
  const { inputSize, hiddenSize, numBiases, hasLayerNorm, hasPeepholes, projectionSize, kind } = form;
  const rows = gateRows(form);
  return {
    weight_ih: [rows, inputSize],
    weight_hh: [rows, outputSizeOf(form)],
    ...(numBiases > 0 && { bias_ih: [rows] }),
    ...(numBiases > 1 && { bias_hh: [rows] }),
    ...(projectionSize && { weight_hr: [projectionSize, hiddenSize] }),
    ...(hasPeepholes && { peephole_i: [hiddenSize], peephole_f: [hiddenSize], peephole_o: [hiddenSize] }),
    ...(hasLayerNorm && { norm_ih: [rows], norm_hh: [rows] }),
    ...(hasLayerNorm && kind === "lstm" && { norm_c: [hiddenSize], norm_c_bias: [hiddenSize] }),
  };
}
