import { attendingBackward, attendingForward } from "./attending";
import { attentionBackward, attentionForward, AttentionJob } from "./attention";
import { copy, CopyJob } from "./copy";
import { decodeLayer, decodeLogits, DecodingJob } from "./decoding";
import { binary, BinaryJob, unary, UnaryJob } from "./elementwise";
import { EmbeddingJob, gatherRows, scatterRows } from "./embedding";
import { fill, FillJob, write, WriteJob } from "./fill";
import { LayerJob, recurrentBackward, recurrentForward } from "./layer";
import { matMul, MatMulJob, packRightOperand, rowMatMul, RowMatMulJob } from "./matmul";
import { optimizerStep, OptimizerJob, RootJob, rootOfSum, SquaresJob, sumOfSquares } from "./optimizer";
import {
  GateWeightJob, packGateColumns, packGateRows, packGateTable, packSequence, SequenceJob, unpackGateTable, unpackSequence,
} from "./pack";
import {
  GateSumsJob, gateSums, inputGradient, InputGradientJob, weightGradient, WeightGradientJob,
} from "./recurrent-gradients";
import { countNaNs, CountNaNsJob, reduce, ReduceJob } from "./reduce";
import { crossEntropy, CrossEntropyJob, LossesJob, softmax, SoftmaxJob, sumLosses } from "./softmax";

/** One task of a kernel with the arguments that lie at `job`. src/kernel.ts numbers them too. */
export function runTask(kernel: i32, job: usize, task: i32, numTasks: i32): void {
  switch (kernel) {
    case 0: return packSequence(changetype<SequenceJob>(job), task, numTasks);
    case 1: return unpackSequence(changetype<SequenceJob>(job), task, numTasks);
    case 2: return packGateColumns(changetype<GateWeightJob>(job), task, numTasks);
    case 3: return packGateRows(changetype<GateWeightJob>(job), task, numTasks);
    case 4: return packGateTable(changetype<GateWeightJob>(job), task, numTasks);
    case 5: return unpackGateTable(changetype<GateWeightJob>(job), task, numTasks);
    case 6: return recurrentForward(changetype<LayerJob>(job), task, numTasks);
    case 7: return recurrentBackward(changetype<LayerJob>(job), task, numTasks);
    case 8: return inputGradient(changetype<InputGradientJob>(job), task, numTasks);
    case 9: return weightGradient(changetype<WeightGradientJob>(job), task, numTasks);
    case 10: return gateSums(changetype<GateSumsJob>(job), task, numTasks);
    case 11: return packRightOperand(changetype<MatMulJob>(job), task, numTasks);
    case 12: return matMul(changetype<MatMulJob>(job), task, numTasks);
    case 13: return rowMatMul(changetype<RowMatMulJob>(job), task, numTasks);
    case 14: return unary(changetype<UnaryJob>(job), task, numTasks);
    case 15: return binary(changetype<BinaryJob>(job), task, numTasks);
    case 16: return reduce(changetype<ReduceJob>(job), task, numTasks);
    case 17: return softmax(changetype<SoftmaxJob>(job), task, numTasks);
    case 18: return crossEntropy(changetype<CrossEntropyJob>(job), task, numTasks);
    case 19: return gatherRows(changetype<EmbeddingJob>(job), task, numTasks);
    case 20: return scatterRows(changetype<EmbeddingJob>(job), task, numTasks);
    case 21: return copy(changetype<CopyJob>(job), task, numTasks);
    case 22: return sumOfSquares(changetype<SquaresJob>(job), task, numTasks);
    case 23: return optimizerStep(changetype<OptimizerJob>(job), task, numTasks);
    case 24: return countNaNs(changetype<CountNaNsJob>(job), task, numTasks);
    case 25: return decodeLayer(changetype<DecodingJob>(job), task, numTasks);
    case 26: return decodeLogits(changetype<DecodingJob>(job), task, numTasks);
    case 27: return attentionForward(changetype<AttentionJob>(job), task, numTasks);
    case 28: return attentionBackward(changetype<AttentionJob>(job), task, numTasks);
    case 29: return attendingForward(changetype<AttentionJob>(job), task, numTasks);
    case 30: return attendingBackward(changetype<AttentionJob>(job), task, numTasks);
    case 31: return fill(changetype<FillJob>(job), task, numTasks);
    case 32: return write(changetype<WriteJob>(job), task);
    case 33: return sumLosses(changetype<LossesJob>(job), task);
    case 34: return rootOfSum(changetype<RootJob>(job), task);
    default: unreachable();
  }
}
