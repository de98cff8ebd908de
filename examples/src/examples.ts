import { attention } from "./attention.ts";
import { beamSearchErrors } from "./beam-search.ts";
import { bidirectionalMisuse } from "./bidirectional-misuse.ts";
import { encoderDecoder } from "./encoder-decoder.ts";
import type { Example } from "./example.ts";
import { namesClassified } from "./names-classified.ts";
import { namesGenerated } from "./names-generated.ts";
import { noisySine } from "./noisy-sine.ts";
import { recurrentLayers } from "./recurrent-layers.ts";
import { rnnScratch } from "./rnn-scratch.ts";
import { tagger } from "./tagger.ts";
import { textStatistics } from "./text-statistics.ts";
import { shakespeareFor } from "./tiny-shakespeare.ts";
import { wordModel } from "./word-model.ts";

const BOOK = "*Dive into Deep Learning* 0.17";
const DRAWS = "The draws are those of our generators, and clipping adds 1e-6 to the norm, as PyTorch does.";
const HELD_OUT =
  "Three of the book's four sentences are among the 601 pairs; the held-out pairs are ours, of the same preparation and limit of ten tokens.";
const NANO_GPT = "nanoGPT, whose README reaches a validation loss of 1.88 in about 3 minutes on a CPU";
const SHAKESPEARE =
  "Ours is one layer of LSTM, H 256, Adam at 0.003, batch 32, T 64; the clock counts validation too. The split is the same: the last tenth.";

/** Every example by the name that runs it, in the order of the chapters. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  "noisy-sine": {
    file: "noisy-sine.ts",
    title: "Predicting a noisy sine",
    source: `${BOOK}, section 8.1: tau 4, a perceptron of 10, Adam at 0.01, batch 16, 5 epochs`,
    differences: "The draws are those of our generators.",
    run: noisySine,
  },
  "text-statistics": {
    file: "text-statistics.ts",
    title: "Statistics of a text",
    source: `${BOOK}, sections 8.2 and 8.3`,
    differences: "Nothing differs.",
    run: textStatistics,
  },
  "rnn-scratch": {
    file: "rnn-scratch.ts",
    title: "A recurrent language model from its equations",
    source: `${BOOK}, section 8.5: H 512, batch 32, T 35, SGD at 1, clipping at 1, 500 epochs`,
    differences: DRAWS,
    run: rnnScratch,
  },
  "recurrent-layers": {
    file: "recurrent-layers.ts",
    title: "RNN, GRU, LSTM and two layers of LSTM",
    source: `${BOOK}, sections 8.6, 9.1, 9.2 and 9.3: H 256, batch 32, T 35, SGD at 1 (two layers: at 2), clipping at 1, 500 epochs, in order`,
    differences: DRAWS,
    run: recurrentLayers,
  },
  "bidirectional-misuse": {
    file: "bidirectional-misuse.ts",
    title: "Both directions, misused",
    source: `${BOOK}, section 9.4`,
    differences:
      "H is 128 for 256, the optimizer Adam at 0.005 for SGD at 1, 60 epochs for 500, and no state is carried between batches.",
    run: bidirectionalMisuse,
  },
  tagger: {
    file: "tagger.ts",
    title: "Both directions, used rightly",
    source: "the tagging of universal parts of speech",
    differences: "The words of the dev part were seen neither in training nor for a choice of settings.",
    run: tagger,
  },
  "names-classified": {
    file: "names-classified.ts",
    title: "Names by nationality",
    source: "the PyTorch tutorial of the same data, which prints no accuracy on held-out names",
    differences: "A fifth of the names is held out.",
    run: namesClassified,
  },
  "names-generated": {
    file: "names-generated.ts",
    title: "Names from one vector",
    source: "the PyTorch tutorial of the same data, which prints no held-out figure",
    differences: "A tenth of the names is held out.",
    run: namesGenerated,
  },
  "encoder-decoder": {
    file: "encoder-decoder.ts",
    title: "Encoder and decoder",
    source: `${BOOK}, section 9.7: GRU of two layers, E = H = 32, dropout 0.1, batch 64, Adam at 0.005, clipping at 1, 300 epochs`,
    differences: `${HELD_OUT} The context stays that of the source, where the book's prediction recomputes it.`,
    run: encoderDecoder,
  },
  attention: {
    file: "attention.ts",
    title: "Additive attention",
    source: `${BOOK}, section 10.4: the same with attention, 250 epochs`,
    differences: HELD_OUT,
    run: attention,
  },
  "beam-search": {
    file: "beam-search.ts",
    title: "Beam search, and whose fault an error is",
    source: `${BOOK}, section 9.8, and the error analysis of CS 230`,
    differences: "The model is that of additive attention after 100 epochs; neither source prints a figure.",
    run: beamSearchErrors,
  },
  "word-model": {
    file: "word-model.ts",
    title: "A language model of words",
    source: "the usual task of WikiText-2",
    differences:
      "Words that occur less than 20 times are `<unk>`, and training stops long before the end of one epoch, so the perplexity is not to be compared with that of the full vocabulary.",
    run: wordModel,
  },
  "tiny-shakespeare": {
    file: "tiny-shakespeare.ts",
    title: "Shakespeare in three minutes",
    source: NANO_GPT,
    differences: SHAKESPEARE,
    run: shakespeareFor(3),
  },
  "tiny-shakespeare-10": {
    file: "tiny-shakespeare.ts",
    title: "Shakespeare in ten minutes",
    source: NANO_GPT,
    differences: SHAKESPEARE,
    run: shakespeareFor(10),
  },
};
