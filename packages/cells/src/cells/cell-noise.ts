import type { Generator } from "@rnnkit/random";
import type * as tf from "@tensorflow/tfjs";
import { dropoutMask, randomMask } from "../random-mask.ts";
import { outputSizeOf, type CellForm } from "./cell-form.ts";

/** The masks of a recurrent cell, of a sequence or of a step. Those of dropout are absent where nothing is dropped. */
export type CellNoise<Mask extends tf.Tensor = tf.Tensor> = {
  /** What the inputs are multiplied by. */
  readonly inputs?: Mask;
  /** What the hidden state is multiplied by, where it enters the recurrent product. */
  readonly recurrent?: Mask;
  /** 1 where the hidden state keeps its old value. */
  readonly hidden?: Mask;
  /** 1 where the cell state keeps its old value. */
  readonly cell?: Mask;
};

export function hasNoise({ inputDropout, recurrentDropout, hiddenZoneout, cellZoneout }: CellForm): boolean {
  return inputDropout + recurrentDropout + hiddenZoneout + cellZoneout > 0;
}

export function drawCellNoise(
  form: CellForm,
  generator: Generator,
  { batchSize, numSteps }: { readonly batchSize: number; readonly numSteps: number },
): CellNoise<tf.Tensor3D> {
  const { inputSize, hiddenSize, inputDropout, recurrentDropout, hiddenZoneout, cellZoneout } = form;
  const shared = (size: number, rate: number) => dropoutMask(generator, { shape: [batchSize, 1, size], rate });
  const fresh = (size: number, probability: number) =>
    randomMask(generator, { shape: [batchSize, numSteps, size], probability, value: 1 });
  return {
    ...(inputDropout && { inputs: shared(inputSize, inputDropout) }),
    ...(recurrentDropout && { recurrent: shared(outputSizeOf(form), recurrentDropout) }),
    ...(hiddenZoneout && { hidden: fresh(outputSizeOf(form), hiddenZoneout) }),
    ...(cellZoneout && { cell: fresh(hiddenSize, cellZoneout) }),
  };
}
