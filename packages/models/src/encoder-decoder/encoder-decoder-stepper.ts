import { mapState } from "@rnnkit/cells";
import type { Stepper } from "@rnnkit/decoding";
import * as tf from "@tensorflow/tfjs";
import { checkIds } from "../check-ids.ts";
import type { DecoderMemory, DecoderState } from "./decoder.ts";
import type { EncoderDecoder, SourceBatch } from "./encoder-decoder.ts";

/** Rows of a search: what the decoder carries, and the source that each of them translates. */
export interface EncoderDecoderState {
  readonly decoder: DecoderState;
  readonly memory: DecoderMemory;
  /** [B] which source each row translates. */
  readonly rows: Int32Array;
}

/**
 * An encoder-decoder over given sources, as the searches of `@rnnkit/decoding` see it: prompt k of a batch, `[<bos>]`, continues under the
 * eyes of source k; where there is one source, every row does. A model with attention gives its weights with each step.
 *
 * Its states hold tensors that outlive a tidy, so they must be disposed, as the searches do; do not step inside a tidy.
 *
 * @param model borrowed: the stepper works until the model is disposed.
 * @param batch the sources, for instance a batch of `seq2seqBatches`; borrowed, and encoded whenever a search starts.
 * @throws RangeError, at `start`, when an id or a length is out of range, or the search has not one row a source.
 */
export function encoderDecoderStepper(model: EncoderDecoder, batch: SourceBatch): Stepper<EncoderDecoderState> {
  const { sourceLengths, sourceShape } = batch;
  const [numSources, numPositions] = sourceShape;
  const vocabSize = model.config.targetVocabSize;
  return {
    vocabSize,
    start(batchSize) {
      const isFitting = Number.isSafeInteger(batchSize) && batchSize >= 1;
      if (!isFitting || (numSources !== 1 && batchSize !== numSources)) {
        const rule = numSources === 1 ? "a positive integer" : `${numSources}, one a source`;
        throw new RangeError(`encoderDecoderStepper: batchSize must be ${rule}, got ${batchSize}`);
      }
      const { state, memory } = model.encode(batch);
      const started = { decoder: state, memory, rows: Int32Array.from({ length: numSources }, (_, i) => i) };
      if (batchSize === numSources) return started;
      const repeated = selectRows(started, new Int32Array(batchSize));
      disposeState(started);
      return repeated;
    },
    async step(tokens, { decoder, memory, rows }) {
      if (tokens.length !== rows.length) {
        throw new RangeError(`encoderDecoderStepper: tokens must be ${rows.length}, one a row, got ${tokens.length}`);
      }
      checkIds("encoderDecoderStepper: tokens", tokens, vocabSize);
      const lengths = rows.map((row) => sourceLengths[row]!);
      const stepped = tf.tidy(() => {
        const ids = tf.tensor2d(tokens, [tokens.length, 1], "int32");
        const reading = { state: decoder, memory, sourceLengths: lengths };
        const { logits, state, attention } = model.decode(ids, reading);
        // What outlives the step must not go with the step before: a part that did not change is shared.
        const kept = mapState(memory, (tensor) => tf.clone(tensor));
        return { logits, attention, state, memory: kept } as unknown as tf.TensorContainerObject;
      }) as unknown as Stepped;
      try {
        const logits = (await stepped.logits.data()) as Float32Array;
        const weights = (await stepped.attention?.data()) as Float32Array | undefined;
        const state = { decoder: stepped.state, memory: stepped.memory, rows };
        if (!weights) return { logits, state };
        const attention = weights.map((weight, i) =>
          i % numPositions < lengths[Math.trunc(i / numPositions)]! ? weight : Number.NaN,
        );
        return { logits, attention, state };
      } catch (error) {
        disposeState({ decoder: stepped.state, memory: stepped.memory, rows });
        throw error;
      } finally {
        tf.dispose([stepped.logits, ...(stepped.attention ? [stepped.attention] : [])]);
      }
    },
    select: selectRows,
    dispose: disposeState,
  };
}

interface Stepped {
  readonly logits: tf.Tensor2D;
  readonly attention?: tf.Tensor3D;
  readonly state: DecoderState;
  readonly memory: DecoderMemory;
}

function selectRows({ decoder, memory, rows }: EncoderDecoderState, selected: Int32Array): EncoderDecoderState {
  if (selected.length === 0) throw new RangeError("encoderDecoderStepper: rows must name at least one row, got none");
  for (const row of selected) {
    if (row < 0 || row >= rows.length) {
      throw new RangeError(`encoderDecoderStepper: rows must be from 0 to ${rows.length - 1}, got ${row}`);
    }
  }
  const sources = selected.map((row) => rows[row]!);
  const isSame = (some: Int32Array, others: ArrayLike<number>) =>
    some.length === others.length && some.every((row, i) => row === others[i]);
  const identity = Int32Array.from(rows, (_, i) => i);
  const indices = tf.tensor1d(selected, "int32");
  const gather = (tensor: tf.Tensor) => tf.gather(tensor, indices);
  const share = (tensor: tf.Tensor) => tf.clone(tensor); // shares the data
  try {
    return {
      decoder: mapState(decoder, isSame(selected, identity) ? share : gather),
      memory: mapState(memory, isSame(sources, rows) ? share : gather),
      rows: sources,
    };
  } finally {
    indices.dispose();
  }
}

function disposeState({ decoder, memory }: EncoderDecoderState): void {
  tf.dispose([decoder as unknown as tf.TensorContainerObject, memory as unknown as tf.TensorContainerObject]);
}
