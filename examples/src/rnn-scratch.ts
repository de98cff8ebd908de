import { xoshiro128, type Generator } from "@rnnkit/random";
import { normalVariable } from "@rnnkit/cells";
import { randomBatches, sequentialBatches, type Batch } from "@rnnkit/samplers";
import { characters, encodeCorpus, lettersOnlyLines } from "@rnnkit/text";
import { sgd, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { timeMachine } from "./corpora/time-machine.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/**
 * A recurrent language model from nothing but its two equations,
 *
 *     H_t = tanh(X_t W_xh + H_(t-1) W_hh + b_h),    O_t = H_t W_hq + b_q,
 *
 * trained on characters in the two orders of reading: subsequences that continue one another, with the state carried, and
 * subsequences drawn at random, each from a state of zeros.
 */
export async function rnnScratch({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const { name, text } = timeMachine(readData);
  const { ids, vocabulary } = encodeCorpus(lettersOnlyLines(text), { tokenizer: characters });
  const corpus = ids.subarray(0, 10_000);
  const sizes = { vocabSize: vocabulary.size, hiddenSize: isSmall ? 64 : 512 };
  const numEpochs = isSmall ? 12 : 500;

  const run = async (order: string, sampler: typeof randomBatches) => {
    const model = drawParameters(xoshiro128(1), sizes);
    const batches = sampler(corpus, { batchSize: 32, numSteps: 35, seed: 1 });
    const epochLength = batches.epoch(0).length;
    const optimizer = sgd({ learningRate: 1 });
    let perplexity = NaN;
    for await (const report of train({
      parameters: model,
      batches,
      loss: (batch, state: tf.Tensor2D | null) => loss(model, { batch, state }),
      optimizer,
      maxGradientNorm: 1,
      numEpochs,
      reportEvery: epochLength,
    })) {
      perplexity = report.perplexity; // of all tokens of the last epoch, each scored before it was learnt from
      if (report.epoch % 50 === 0) log(`${order}, epoch ${report.epoch}: perplexity ${perplexity.toFixed(2)}`);
    }
    const prefix = vocabulary.encode(characters.encode("time traveller"));
    const written = characters.decode(vocabulary.decode(await predict(model, { prefix, numTokens: 50 })));
    tf.dispose(model as unknown as tf.TensorContainer);
    return { perplexity, written };
  };

  const sequential = await run("sequential", sequentialBatches);
  const random = await run("random", randomBatches);
  return {
    data: `${name}, the first ${corpus.length} characters`,
    figures: [
      { name: "train perplexity, sequential", value: sequential.perplexity, printed: "1.0" },
      { name: "train perplexity, random", value: random.perplexity, printed: "1.5" },
    ],
    texts: [
      { label: "sequential, after “time traveller”", text: sequential.written },
      { label: "random, after “time traveller”", text: random.written },
    ],
  };
}

type Model = ReturnType<typeof drawParameters>;

/** Weights from N(0, 0.01²), biases of zero. */
function drawParameters(generator: Generator, { vocabSize, hiddenSize }: { vocabSize: number; hiddenSize: number }) {
  const draw = (rows: number, columns: number) =>
    normalVariable(generator, { shape: [rows, columns], standardDeviation: 0.01 }) as tf.Variable<tf.Rank.R2>;
  return {
    inputWeight: draw(vocabSize, hiddenSize),
    recurrentWeight: draw(hiddenSize, hiddenSize),
    hiddenBias: tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([hiddenSize]))),
    outputWeight: draw(hiddenSize, vocabSize),
    outputBias: tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([vocabSize]))),
  };
}

/** X W_xh, for any number of characters at once: a one-hot row picks a row of the weight. */
function read(model: Model, ids: Int32Array): tf.Tensor2D {
  const oneHot = tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), model.inputWeight.shape[0]), "float32") as tf.Tensor2D;
  return tf.matMul(oneHot, model.inputWeight);
}

/** One time step of all rows: what was read, and the state before, to the state after. */
function step(model: Model, { input, state }: { input: tf.Tensor2D; state: tf.Tensor2D }): tf.Tensor2D {
  return tf.tanh(tf.add(tf.add(input, tf.matMul(state, model.recurrentWeight)), model.hiddenBias));
}

function logits(model: Model, states: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.matMul(states, model.outputWeight), model.outputBias);
}

/** The mean cross-entropy of the characters that follow, over all steps of all rows. */
function loss(model: Model, { batch, state }: { batch: Batch; state: tf.Tensor2D | null }) {
  const { inputs, targets, shape } = batch;
  const [batchSize, numSteps] = shape;
  // The book's order: time step by time step, in each all rows.
  const byTime = (ids: Int32Array) => ids.map((_, i) => ids[(i % batchSize) * numSteps + Math.floor(i / batchSize)]!);
  let hidden = state ?? tf.zeros<tf.Rank.R2>([batchSize, model.hiddenBias.shape[0]]);
  const states: tf.Tensor2D[] = [];
  for (const input of tf.split<tf.Tensor2D>(read(model, byTime(inputs)), numSteps)) {
    hidden = step(model, { input, state: hidden });
    states.push(hidden);
  }
  const logProbabilities = tf.logSoftmax(logits(model, tf.concat(states)));
  const isFollowing = tf.cast(tf.oneHot(tf.tensor1d(byTime(targets), "int32"), model.outputBias.shape[0]), "float32");
  const totalLoss = tf.neg(tf.sum(tf.mul(logProbabilities, isFollowing)));
  return { meanLoss: tf.div<tf.Scalar>(totalLoss, targets.length), count: targets.length, state: hidden };
}

/** Reads a prefix, then writes the most probable character, again and again. */
async function predict(model: Model, { prefix, numTokens }: { prefix: Int32Array; numTokens: number }) {
  let state = tf.zeros<tf.Rank.R2>([1, model.hiddenBias.shape[0]]);
  const readOne = (id: number) => {
    const next = tf.tidy(() => step(model, { input: read(model, Int32Array.of(id)), state }));
    state.dispose();
    state = next;
  };
  for (const id of prefix) readOne(id);
  const written: number[] = [];
  for (let i = 0; i < numTokens; i++) {
    const best = tf.tidy(() => tf.argMax(logits(model, state), 1));
    const [id] = await best.data();
    best.dispose();
    written.push(id!);
    readOne(id!);
  }
  state.dispose();
  return written;
}
