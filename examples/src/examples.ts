import type { Example } from "./example.ts";
import { recurrentLayers } from "./recurrent-layers.ts";
import { rnnScratch } from "./rnn-scratch.ts";

const D2L_SAMPLING =
  "Draws are those of our own generators, as the book's seed is not known; clipping adds 1e-6 to the norm, as PyTorch does.";

/** Every example by the name that runs it, in the order of the chapters. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  "rnn-scratch": {
    title: "A recurrent language model from its equations",
    source: "Dive into Deep Learning 0.17, section 8.5: H 512, batch 32, T 35, SGD with learning rate 1, clipping at 1, 500 epochs",
    differences: D2L_SAMPLING,
    run: rnnScratch,
  },
  "recurrent-layers": {
    title: "RNN, GRU, LSTM and two layers of LSTM",
    source:
      "Dive into Deep Learning 0.17, sections 8.6, 9.1, 9.2, 9.3: H 256, batch 32, T 35, SGD with learning rate 1 (two layers: 2), " +
      "clipping at 1, 500 epochs, sequential order",
    differences: D2L_SAMPLING,
    run: recurrentLayers,
  },
};
