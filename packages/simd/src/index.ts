export { createSimd, type Simd, type SimdArray, type SimdInts, type SimdOptions } from "./simd.ts";
export { matMul, type Activation, type MatMulArguments } from "./mat-mul.ts";
export { recurrentForward, type RecurrentForwardArguments, type RecurrentTape } from "./recurrent-forward.ts";
export { freePacked, packRecurrent, type PackedRecurrent, type RecurrentParameters } from "./pack-recurrent.ts";
export { recurrentBackward, type RecurrentBackwardArguments } from "./recurrent-backward.ts";
export { recurrentGradient, type RecurrentGradientArguments, type RecurrentOperand } from "./recurrent-gradient.ts";
export { type RecurrentKernelKind, type RecurrentPlan, type RecurrentSizes } from "./recurrent-plan.ts";
export { createDecoder, type Decoder, type DecoderOptions, type DecodingStep } from "./decoder.ts";
export { createDecoderState, selectDecoderRows, type DecoderStateSizes } from "./decoder-state.ts";
export {
  combineElements,
  mapElements,
  type BinaryArguments,
  type BinaryOperation,
  type UnaryOperation,
} from "./elementwise.ts";
export { reduceAxis, type ReduceArguments } from "./reduce.ts";
export {
  logSoftmaxRows,
  softmaxRows,
  crossEntropyRows,
  type CrossEntropyArguments,
  type RowsArguments,
} from "./softmax.ts";
export {
  linearCrossEntropyForward,
  linearCrossEntropyGradient,
  type LinearCrossEntropyForwardArguments,
  type LinearCrossEntropyGradientArguments,
  type LinearCrossEntropyOperand,
} from "./linear-cross-entropy.ts";
export { fillElements } from "./fill.ts";
export { gatherRows, scatterRows, type EmbeddingArguments } from "./embedding.ts";
export { stridedCopy, type StridedCopyArguments } from "./strided-copy.ts";
export { euclideanNorm, optimizerStep, type OptimizerHyperparameters, type OptimizerArrays } from "./optimizer.ts";
export {
  attentionBackward,
  attentionForward,
  type AttentionForwardArguments,
  type AttentionBackwardArguments,
  type AttentionOperands,
} from "./attention.ts";
export { attendingForward, type AttendingForwardArguments } from "./attending-forward.ts";
export { attendingBackward, type AttendingBackwardArguments } from "./attending-backward.ts";
export { type AttendingOperands } from "./attending-job.ts";
