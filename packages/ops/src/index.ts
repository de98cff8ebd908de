export { ShapeError } from "./shape-error.ts";
export { embeddingLookup } from "./embedding-lookup.ts";
export { linearCrossEntropy, type LinearCrossEntropyOptions } from "./linear-cross-entropy.ts";
export { softmaxCrossEntropy, type SoftmaxCrossEntropyOptions } from "./softmax-cross-entropy.ts";
export { recurrent } from "./recurrent.ts";
export { type RecurrentArguments, type RecurrentResult } from "./recurrent-arguments.ts";
export { recurrentReference } from "./recurrent-reference.ts";
export { recurrentStep, type RecurrentStepArguments } from "./recurrent-step.ts";
export { gateStep, type GateStepArguments } from "./gate-step.ts";
export { unrollSteps, type Step, type UnrollStepsArguments } from "./unroll-steps.ts";
export { concatenatedWeights } from "./concatenated-weights.ts";
export {
  NUM_GATES,
  type HiddenState,
  type LSTMState,
  type RecurrentKind,
  type RecurrentState,
  type RecurrentWeights,
} from "./recurrent-kind.ts";
export { affine } from "./affine.ts";
export { layerNorm, type LayerNormOptions } from "./layer-norm.ts";
export { oneHot } from "./one-hot.ts";
export { timeStep } from "./time-step.ts";
export { type RecurrentAttributes } from "./kernel-recurrent.ts";
export { KERNELS, hasKernel, runKernel } from "./kernels.ts";
export { globalNorm } from "./global-norm.ts";
export { optimizerUpdate, type OptimizerTarget, type OptimizerUpdate } from "./optimizer-update.ts";
export {
  decodingState,
  type DecodingArguments,
  type DecodingAttributes,
  type DecodingState,
} from "./decoding-state.ts";
export { type DecodingResult, type DecodingRows } from "./decoding-rows.ts";
export { attention } from "./attention.ts";
export { attentionReference } from "./attention-reference.ts";
export { type AttentionArguments, type AttentionResult } from "./attention-arguments.ts";
export { type AttentionAttributes } from "./kernel-attention.ts";
export { attendingRecurrent, attendingReference } from "./attending-recurrent.ts";
export { type AttendingArguments, type AttendingResult } from "./attending-arguments.ts";
export { type AttendingAttributes } from "./kernel-attending.ts";
