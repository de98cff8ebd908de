import { attendingBackward, attendingForward } from "./attending";
import { attentionBackward, attentionForward, AttentionJob } from "./attention";
import { KERNEL } from "./control";
import { copy, CopyJob } from "./copy";
import { decodeLayer, decodeLogits, DecodingJob } from "./decoding";
import { binary, BinaryJob, unary, UnaryJob } from "./elementwise";
import { EmbeddingJob, gatherRows, scatterRows } from "./embedding";
import { ARGUMENTS } from "./layout";
import { matMul, MatMulJob, packRightOperand, rowMatMul, RowMatMulJob } from "./matmul";
import { optimizerStep, OptimizerJob, SquaresJob, sumOfSquares } from "./optimizer";
import {
  GateWeightJob, packGateColumns, packGateRows, packGateTable, packSequence, SequenceJob, unpackGateTable, unpackSequence,
} from "./pack";
import { recurrentBackward, recurrentForward, RecurrentJob } from "./recurrent";
import {
  GateSumsJob, gateSums, inputGradient, InputGradientJob, weightGradient, WeightGradientJob,
} from "./recurrent-gradients";
import { countNaNs, CountNaNsJob, reduce, ReduceJob } from "./reduce";
import { crossEntropy, CrossEntropyJob, softmax, SoftmaxJob } from "./softmax";

/** One task of the kernel that the control block names, with the arguments that lie there. src/kernels.ts numbers them too. */
export function runTask(task: i32, numTasks: i32): void {
  const job = ARGUMENTS;
  switch (load<i32>(KERNEL)) {
    case 0: return packSequence(changetype<SequenceJob>(job), task, numTasks);
    case 1: return unpackSequence(changetype<SequenceJob>(job), task, numTasks);
    case 2: return packGateColumns(changetype<GateWeightJob>(job), task, numTasks);
    case 3: return packGateRows(changetype<GateWeightJob>(job), task, numTasks);
    case 4: return packGateTable(changetype<GateWeightJob>(job), task, numTasks);
    case 5: return unpackGateTable(changetype<GateWeightJob>(job), task, numTasks);
    case 6: return recurrentForward(changetype<RecurrentJob>(job), task, numTasks);
    case 7: return recurrentBackward(changetype<RecurrentJob>(job), task, numTasks);
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
    default: unreachable();
  }
}
