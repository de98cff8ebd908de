import {
  dropoutMask,
  mapState,
  normalVariable,
  recurrentLayers,
  type ChainNoise,
  type Parameters,
} from "@rnnkit/cells";
import { attendingRecurrent, embeddingLookup } from "@rnnkit/ops";
import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { attentionLayer } from "../attention/attention-layer.ts";
import { layerWeights } from "../modules/layer-weights.ts";
import { linear } from "../modules/linear.ts";
import { prefixed } from "../prefixed.ts";
import type { LayerStates } from "./bridge.ts";
import { decoderInputSize, encodedSize, type CompleteEncoderDecoderConfig } from "./encoder-decoder-config.ts";
import { layerDropout, type Encoded } from "./encoder.ts";

/** What the decoder carries from step to step. */
export type DecoderState = {
  /** The state of each layer, bottom first. */
  readonly layers: LayerStates;
  /** [B, H]: with input feeding, what the step before gave to the output layer. */
  readonly fed?: tf.Tensor2D;
};

/** What the decoder knows of its sources, the same at every step: their last output, or keys and values to attend to. */
export type DecoderMemory = {
  /** [B, D] */
  readonly last?: tf.Tensor2D;
  /** [B, S, A] */
  readonly keys?: tf.Tensor3D;
  /** [B, S, D] */
  readonly values?: tf.Tensor3D;
};

/** What is dropped in training, as masks of all steps. */
export type DecoderNoise = {
  readonly rnn?: ChainNoise;
  /** [B, T, S] */
  readonly weights?: tf.Tensor3D;
};

export interface DecoderReading {
  readonly state: DecoderState;
  readonly memory: DecoderMemory;
  /** [B], the valid lengths of the sources. */
  readonly sourceLengths: ArrayLike<number>;
  readonly noise?: DecoderNoise | undefined;
}

export type Decoded = {
  /** [B·T, V], row by row. */
  readonly logits: tf.Tensor2D;
  readonly state: DecoderState;
  /** [B, T, S], of a decoder that attends. */
  readonly attention?: tf.Tensor3D;
};

/** The half of the model that writes, with its parameters, which it owns. */
export interface Decoder {
  readonly parameters: Parameters;
  start(encoded: Encoded): { readonly state: DecoderState; readonly memory: DecoderMemory };
  drawNoise(generator: Generator, sizes: NoiseSizes): DecoderNoise;
  /** T tokens [B, T] in each row, from a state on. */
  read(ids: tf.Tensor2D, reading: DecoderReading): Decoded;
}

export interface NoiseSizes {
  readonly batchSize: number;
  /** T and S */
  readonly numSteps: number;
  readonly numKeys: number;
}

export function makeDecoder(config: CompleteEncoderDecoderConfig, generator: Generator): Decoder {
  const { targetVocabSize, kind, embeddingSize, hiddenSize, numLayers, dropout, attention } = config;
  const embedding = normalVariable(generator, { shape: [targetVocabSize, embeddingSize] }) as tf.Variable<tf.Rank.R2>;
  const inputSize = decoderInputSize(config);
  const rnn = recurrentLayers(kind, { inputSize, hiddenSize, numLayers, generator, ...layerDropout(config) });
  const valueSize = encodedSize(config);
  const attending = attention && attentionLayer(attention.score, { querySize: hiddenSize, valueSize, generator });
  const isAfter = attention?.place === "after";
  const combination = isAfter
    ? linear(generator, { inputSize: valueSize + hiddenSize, outputSize: hiddenSize, hasBias: false })
    : undefined;
  const output = linear(generator, { inputSize: hiddenSize, outputSize: targetVocabSize });

  /** Through the recurrent layers, of which the noise is that of the same steps. */
  const unroll = (inputs: tf.Tensor3D, state: LayerStates, noise: DecoderNoise | undefined) =>
    rnn.unroll!(inputs, { initialState: state, lengths: undefined, isReverse: false, noise: noise?.rnn });

  const attend = (queries: tf.Tensor3D, { memory, sourceLengths, noise }: DecoderReading) =>
    attending!.attend(queries, {
      keys: memory.keys!,
      values: memory.values!,
      lengths: sourceLengths,
      mask: noise?.weights,
    });

  /** tanh(W·[context; h]) of every step. */
  const combine = (context: tf.Tensor3D, hidden: tf.Tensor3D): tf.Tensor3D => {
    const rows: tf.Tensor2D = tf.reshape(tf.concat([context, hidden], 2), [-1, valueSize + hiddenSize]);
    return tf.reshape(tf.tanh(combination!.apply(rows)), hidden.shape);
  };

  /** All steps at once: what a step reads depends on no step before it. */
  const readTogether = (embedded: tf.Tensor3D, reading: DecoderReading): Steps => {
    const [batchSize, numSteps] = embedded.shape;
    const { last } = reading.memory;
    const repeated = last && tf.add(tf.zeros([batchSize, numSteps, valueSize]), tf.expandDims(last, 1));
    const inputs = repeated ? tf.concat([embedded, repeated as tf.Tensor3D], 2) : embedded;
    const { outputs, state } = unroll(inputs as tf.Tensor3D, reading.state.layers, reading.noise);
    if (!isAfter) return { outputs, state: { layers: state } };
    const { context, weights } = attend(outputs, reading);
    return { outputs: combine(context, outputs), state: { layers: state }, attention: weights };
  };

  /** All steps at once, each of which attends with the state of the step before it. */
  const readAttending = (embedded: tf.Tensor3D, { state, memory, sourceLengths, noise }: DecoderReading): Steps => {
    const between = noise?.rnn?.between as tf.Tensor3D[] | undefined;
    const { outputs, weights, finalState } = attendingRecurrent(kind, {
      inputs: embedded,
      keys: memory.keys!,
      values: memory.values!,
      lengths: sourceLengths,
      mask: noise?.weights,
      ...attending!.score(),
      layers: layerWeights(rnn.parameters, numLayers),
      initialState: state.layers,
      between,
    });
    return { outputs, state: { layers: finalState }, attention: weights };
  };

  /** One step, which reads what the step before it gave to the output layer. */
  const readStep = (embedded: tf.Tensor3D, reading: DecoderReading): Required<Steps> => {
    const { state, noise } = reading;
    const { outputs, state: layers } = unroll(tf.concat([embedded, asStep(state.fed!)], 2), state.layers, noise);
    const { context, weights } = attend(outputs, reading);
    const combined = combine(context, outputs);
    return { outputs: combined, state: { layers, fed: asRows(combined) }, attention: weights };
  };

  const readStepByStep = (embedded: tf.Tensor3D, reading: DecoderReading): Steps => {
    const numSteps = embedded.shape[1];
    if (numSteps === 1) return readStep(embedded, reading);
    const steps: Required<Steps>[] = [];
    for (const [t, step] of tf.split<tf.Tensor3D>(embedded, numSteps, 1).entries()) {
      const state = steps.at(-1)?.state ?? reading.state;
      steps.push(readStep(step, { ...reading, state, noise: reading.noise && noiseOfStep(reading.noise, t) }));
    }
    const outputs = steps.map((step) => step.outputs);
    const weights = steps.map((step) => step.attention);
    return { outputs: tf.concat(outputs, 1), state: steps.at(-1)!.state, attention: tf.concat(weights, 1) };
  };

  const readSteps = attention?.hasInputFeeding ? readStepByStep : attention && !isAfter ? readAttending : readTogether;
  return {
    parameters: {
      "embedding.weight": embedding,
      ...prefixed("rnn", rnn.parameters),
      ...(attending && prefixed("attention", attending.parameters)),
      ...(combination && prefixed("combination", combination.parameters)),
      ...prefixed("output", output.parameters),
    },
    start({ outputs, last, state }) {
      const batchSize = last.shape[0];
      const fed = attention?.hasInputFeeding ? tf.zeros<tf.Rank.R2>([batchSize, hiddenSize]) : undefined;
      const memory = attending ? { keys: attending.keysOf(outputs), values: outputs } : { last };
      return { state: { layers: state, ...(fed && { fed }) }, memory };
    },
    drawNoise(drawer, { numKeys, ...sizes }) {
      const rnnNoise = rnn.drawNoise?.(drawer, sizes) as ChainNoise | undefined;
      const shape: [number, number, number] = [sizes.batchSize, sizes.numSteps, numKeys];
      const weights = attention && dropout > 0 ? dropoutMask(drawer, { shape, rate: dropout }) : undefined;
      return { ...(rnnNoise && { rnn: rnnNoise }), ...(weights && { weights }) };
    },
    read: (ids, reading) =>
      tf.tidy(() => {
        const embedded = embeddingLookup(embedding, ids) as tf.Tensor3D;
        const { outputs, ...rest } = readSteps(embedded, reading);
        const rows: tf.Tensor2D = tf.reshape(outputs, [-1, hiddenSize]);
        return { logits: output.apply(rows), ...rest } as unknown as tf.TensorContainerObject;
      }) as unknown as Decoded,
  };
}

/** What goes to the output layer, [B, T, H], and what is left after the last step. */
interface Steps {
  readonly outputs: tf.Tensor3D;
  readonly state: DecoderState;
  readonly attention?: tf.Tensor3D;
}

const asStep = (rows: tf.Tensor2D): tf.Tensor3D => tf.reshape(rows, [rows.shape[0], 1, rows.shape[1]]);
const asRows = (step: tf.Tensor3D): tf.Tensor2D => tf.reshape(step, [step.shape[0], step.shape[2]]);

/** The masks of step t, each [B, 1, N]. */
export function noiseOfStep(noise: DecoderNoise, t: number): DecoderNoise {
  return mapState(noise as never, (mask) => {
    const [batchSize, , size] = mask.shape as [number, number, number];
    return tf.slice(mask, [0, t, 0], [batchSize, 1, size]);
  }) as DecoderNoise;
}
