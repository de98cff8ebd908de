import { checkLength } from "./check-length.ts";
import { createDecoderJob, LAYER_WORD, STATE_WORD, type DecoderJob, type DecoderWeights } from "./decoder-job.ts";
import { KERNEL } from "./kernel.ts";
import { packGateWeight } from "./pack-gate-weight.ts";
import { freePacked, packRecurrent, type RecurrentParameters } from "./pack-recurrent.ts";
import type { RecurrentKernelKind } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";

export interface DecoderOptions {
  readonly kind: RecurrentKernelKind;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** The parameters of each layer, the bottom one first. Read now; they may change or go afterwards. */
  readonly layers: readonly RecurrentParameters[];
  /** [V, E] and E; without it, ids enter as one-hot rows. Borrowed as long as the decoder lives. */
  readonly embedding?: { readonly table: SimdArray; readonly width: number } | undefined;
  /** [V, H] and [V]. Read now. */
  readonly output: { readonly weight: SimdArray; readonly bias?: SimdArray | undefined };
}

export interface DecodingStep {
  /** [B] ids */
  readonly tokens: ArrayLike<number>;
  /** By `createDecoderState`, of B rows; borrowed. */
  readonly state: SimdArray;
  /** As long as the state: written. May be the same array. */
  readonly nextState: SimdArray;
}

export interface Decoder {
  /** One token a row. @returns logits [B, V], the caller's own. @throws RangeError when a token is not from 0 to V − 1. */
  step(step: DecodingStep): Float32Array;
  /** Frees what was packed. Call it once. */
  dispose(): void;
}

/**
 * A recurrent language model as one step after another: embedding, layers, projection, with the weights packed once.
 *
 * @throws RangeError when an array holds too little, a parameter of a layer a NaN, or memory is exhausted.
 */
export function createDecoder(simd: Simd, options: DecoderOptions): Decoder {
  const { vocabSize } = options;
  const packed: (() => void)[] = [];
  let job: DecoderJob | undefined;
  const freeJob = () => {
    if (job) simd.free(job.workspace);
    job = undefined;
  };
  const dispose = () => {
    freeJob();
    for (const free of packed) free();
  };
  let weights: DecoderWeights;
  try {
    weights = packWeights(simd, options, packed);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    step({ tokens, state, nextState }) {
      for (let row = 0; row < tokens.length; row++) {
        const token = tokens[row]!;
        if (!(token >= 0 && token < vocabSize)) {
          throw new RangeError(`decoder.step: tokens must be ids from 0 to ${vocabSize - 1}, got ${token}`);
        }
      }
      if (job?.batchSize !== tokens.length || job.logits.length === 0) {
        freeJob();
        job = createDecoderJob(simd, weights, tokens.length);
      }
      checkLength("decoder.step: state", state, job.stateLength);
      checkLength("decoder.step: nextState", nextState, job.stateLength);
      simd.synchronize(); // its words are views
      job.tokens.set(tokens);
      job.words[STATE_WORD] = state.pointer;
      job.words[STATE_WORD + 1] = nextState.pointer;
      for (let layer = 0; layer < options.layers.length; layer++) {
        job.words[LAYER_WORD] = layer;
        simd.run(KERNEL.decodeLayer, job.numLayerTasks, job.words);
      }
      simd.run(KERNEL.decodeLogits, job.numLogitsTasks, job.words);
      simd.synchronize();
      return job.logits.slice();
    },
    dispose,
  };
}

/** @param packed gets how to free what is packed. */
function packWeights(simd: Simd, options: DecoderOptions, packed: (() => void)[]): DecoderWeights {
  const { kind, vocabSize, hiddenSize, embedding, output } = options;
  checkLength("createDecoder: embedding", embedding?.table, vocabSize * (embedding?.width ?? 0));
  checkLength("createDecoder: output.weight", output.weight, vocabSize * hiddenSize);
  checkLength("createDecoder: output.bias", output.bias, vocabSize);
  const layers = options.layers.map((parameters, index) => {
    const hasIds = index === 0 && !embedding;
    const inputSize = index > 0 ? hiddenSize : (embedding?.width ?? vocabSize);
    const layer = packRecurrent(simd, { kind, inputSize, hiddenSize, hasIds }, parameters);
    packed.push(() => freePacked(simd, layer));
    return { inputSize, hasIds, packed: layer };
  });
  const weight = { parameter: output.weight, hiddenSize: vocabSize, width: hiddenSize, blocks: [0] };
  const outputWeight = packGateWeight(simd, "packGateColumns", weight);
  packed.push(() => simd.free(outputWeight));
  const outputBias = simd.allocate(Math.ceil(vocabSize / 8) * 8);
  packed.push(() => simd.free(outputBias));
  const bias = simd.floats(outputBias).fill(0);
  if (output.bias) bias.set(simd.floats(output.bias).subarray(0, vocabSize));
  return { kind, vocabSize, hiddenSize, layers, embedding, outputWeight, outputBias };
}
