import type { PackedRecurrent } from "./pack-recurrent.ts";
import { forwardWords } from "./recurrent-forward.ts";
import { part, planRecurrent, type RecurrentKernelKind } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";

/** A language model as the decoding kernels read it. */
export interface DecoderWeights {
  readonly kind: RecurrentKernelKind;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** The bottom one first. */
  readonly layers: readonly {
    readonly inputSize: number;
    readonly hasIds: boolean;
    readonly packed: PackedRecurrent;
  }[];
  /** [V, E] and E, as it is. */
  readonly embedding: { readonly table: SimdArray; readonly width: number } | undefined;
  /** Panels of H rows. */
  readonly outputWeight: SimdArray;
  /** [V], padded to a panel. */
  readonly outputBias: SimdArray;
}

/** What is ready for the steps of batches of one size. */
export interface DecoderJob {
  readonly batchSize: number;
  /** The caller frees it. */
  readonly workspace: SimdArray;
  /** [B], a view of the workspace, as the next; where memory is not shared, of no length once it has grown. */
  readonly tokens: Int32Array;
  /** [B, V] */
  readonly logits: Float32Array;
  /** Of a state. */
  readonly stateLength: number;
  /** The arguments of the kernels: `DecodingJob` in assembly/decoding.ts. */
  readonly words: number[];
  /** In how many tasks a layer, and the logits, are computed. */
  readonly numLayerTasks: number;
  readonly numLogitsTasks: number;
}

/** Of a `RecurrentJob` in assembly/recurrent.ts. */
const JOB_WORDS = 25;
const NOWHERE: SimdArray = { pointer: 0, length: 0 };

/** Where the words of a job name the state, and after it the next state. */
export const STATE_WORD = 8;
/** Where they name the layer. */
export const LAYER_WORD = 14;

export function createDecoderJob(simd: Simd, weights: DecoderWeights, batchSize: number): DecoderJob {
  const { kind, vocabSize, hiddenSize, layers, embedding, outputWeight, outputBias } = weights;
  const plans = layers.map(({ inputSize, hasIds }) =>
    planRecurrent({ kind, batchSize, numSteps: 1, inputSize, hiddenSize, hasIds, isDifferentiable: false }),
  );
  const panelledVocab = Math.ceil(vocabSize / 8) * 8;
  const lengths = [layers.length * JOB_WORDS, batchSize, panelledVocab * batchSize, vocabSize * batchSize];
  const { workspace, parts } = allocateParts(simd, [...lengths, ...plans.map(({ length }) => length)]);
  const [layerWords, tokens, blockedLogits, logits, ...spaces] = parts as [SimdArray, ...SimdArray[]];
  const words = plans.map((plan, i) => {
    const inputs = NOWHERE; // with the states, for the kernel to fill in
    return forwardWords(
      { plan, workspace: spaces[i]!, hasLengths: false, isReverse: false },
      layers[i]!.packed,
      inputs,
    );
  });
  simd.ints(layerWords).set(words.flat());
  const { blocks, stateStep } = plans[0]!;
  const numOperations = 4 * batchSize * blocks.recurrent.length * hiddenSize * hiddenSize;
  return {
    batchSize,
    workspace,
    tokens: simd.ints(tokens!),
    logits: simd.floats(logits!),
    stateLength: layers.length * (kind === "lstm" ? 2 : 1) * stateStep,
    words: [
      ...[batchSize, vocabSize, layers.length, layerWords.pointer, tokens!.pointer],
      ...[embedding?.table.pointer ?? 0, embedding?.width ?? 0, spaces[0]!.pointer + plans[0]!.inputs * 4, 0, 0],
      ...[outputWeight.pointer, outputBias.pointer, blockedLogits!.pointer, logits!.pointer, 0],
    ],
    numLayerTasks: Math.min(simd.numTasks(numOperations), plans[0]!.hiddenPanels),
    numLogitsTasks: simd.numTasks(2 * batchSize * vocabSize * hiddenSize),
  };
}

/** One array, which the caller frees, with parts of these lengths, each from a cache line on. */
function allocateParts(simd: Simd, lengths: readonly number[]): { workspace: SimdArray; parts: SimdArray[] } {
  const rooms = lengths.map((length) => Math.ceil(length / 16) * 16);
  const workspace = simd.allocate(rooms.reduce((total, room) => total + room, 0));
  let end = 0;
  return { workspace, parts: lengths.map((length, i) => part(workspace, (end += rooms[i]!) - rooms[i]!, length)) };
}
