export { train, type TrainOptions } from "./train.ts";
export { type TrainingReport } from "./training-report.ts";
export { type Loss, type LossResult, type State } from "./loss.ts";
export { evaluate, type EvaluateOptions } from "./evaluate.ts";
export { type Optimizer } from "./optimizer.ts";
export { sgd, type SGDOptions } from "./sgd.ts";
export { adam, type AdamOptions } from "./adam.ts";
export { clipByGlobalNorm } from "./clip-by-global-norm.ts";
