import { greedyBatch } from "@rnnkit/decoding";
import { EncoderDecoder, encoderDecoderLoss, encoderDecoderStepper, type AttentionConfig } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { seq2seqBatches, type Seq2SeqBatch } from "@rnnkit/samplers";
import { vocabulary, type SentencePair, type Vocabulary } from "@rnnkit/text";
import { adam, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";

export const PAD = 1;
export const BOS = 2;
export const EOS = 3;
const RESERVED = ["<pad>", "<bos>", "<eos>"];
/** T of the book: what is longer is cut. */
export const NUM_STEPS = 10;

export interface Translator {
  readonly model: EncoderDecoder;
  readonly source: Vocabulary;
  readonly target: Vocabulary;
  /** The mean of the last epoch, in nats a target token. */
  readonly lossNats: number;
}

/**
 * The translator of the book: GRU, two layers, E = H = 32, dropout 0.1, batches of 64, Adam at 0.005, clipping at 1, with or
 * without attention. The caller disposes the model.
 */
export async function trainTranslator(
  pairs: readonly SentencePair[],
  { numEpochs, attention, log }: { numEpochs: number; attention?: AttentionConfig; log: (line: string) => void },
): Promise<Translator> {
  const options = { minFrequency: 2, reserved: RESERVED };
  const source = vocabulary(
    pairs.flatMap((pair) => pair.source.split(" ")),
    options,
  );
  const target = vocabulary(
    pairs.flatMap((pair) => pair.target.split(" ")),
    options,
  );
  const model = new EncoderDecoder(
    {
      sourceVocabSize: source.size,
      targetVocabSize: target.size,
      kind: "gru",
      embeddingSize: 32,
      hiddenSize: 32,
      numLayers: 2,
      dropout: 0.1,
      readsPadding: true,
      ...(attention && { attention }),
    },
    { generator: xoshiro128(1), initialization: "xavier" },
  );
  const batches = seq2seqBatches(encodePairs(pairs, { source, target }), { batchSize: 64, seed: 1, ...PADDING });
  const optimizer = adam({ learningRate: 0.005 });
  let lossNats = NaN;
  for await (const { epoch, meanLoss } of train({
    parameters: model.parameters,
    batches,
    loss: encoderDecoderLoss(model, { objective: "d2l" }),
    optimizer,
    maxGradientNorm: 1,
    numEpochs,
    reportEvery: batches.epoch(0).length,
  })) {
    lossNats = meanLoss;
    if (epoch % 50 === 0) log(`epoch ${epoch}: ${meanLoss.toFixed(3)} nats a token`);
  }
  optimizer.dispose();
  return { model, source, target, lossNats };
}

const PADDING = { source: { padId: PAD, length: NUM_STEPS }, target: { padId: PAD, length: NUM_STEPS } };

function encodePairs(pairs: readonly SentencePair[], { source, target }: Pick<Translator, "source" | "target">) {
  return {
    sources: pairs.map((pair) => [...source.encode(pair.source.split(" ")), EOS]),
    targets: pairs.map((pair) => [BOS, ...target.encode(pair.target.split(" ")), EOS]),
  };
}

/** Pairs as one batch, in their order. */
export function pairBatch(translator: Translator, pairs: readonly SentencePair[]): Seq2SeqBatch {
  const batches = seq2seqBatches(encodePairs(pairs, translator), { batchSize: pairs.length, ...PADDING });
  return batches.epoch(0).at(0)!;
}

/** The most probable token at every step, of each source. */
export async function translateGreedily(translator: Translator, pairs: readonly SentencePair[]): Promise<string[]> {
  const stepper = encoderDecoderStepper(translator.model, pairBatch(translator, pairs));
  const prompts = pairs.map(() => [BOS]);
  const found = await greedyBatch(stepper, { prompts, maxLength: NUM_STEPS, endTokens: [EOS] });
  return found.map(({ tokens }) => sentence(translator, tokens));
}

/** Ids as words, without `<eos>`. */
export function sentence({ target }: Translator, tokens: Int32Array): string {
  return target.decode(tokens.filter((token) => token !== EOS)).join(" ");
}

/** The weights of attention while the target is read: a row for each token of it, `<eos>` included. */
export async function attentionWeights(translator: Translator, pair: SentencePair): Promise<number[][]> {
  const batch = pairBatch(translator, [pair]);
  const weights = tf.tidy(() => translator.model.score(batch).attention!);
  const values = (await weights.array())[0]!;
  weights.dispose();
  return values.slice(0, batch.lengths[0]!).map((row) => row.slice(0, batch.sourceLengths[0]!));
}
