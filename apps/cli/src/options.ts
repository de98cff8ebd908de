import { InvalidArgumentError, Option } from "commander";
import { count, fraction, notNegative, positive, seed } from "./number-parsers.ts";

// Each option stands once: name, meaning, range and default. Commander prints the default in --help.

const option = (flags: string, description: string) => new Option(flags, description);

export const jsonOption = () => option("--json", "print one JSON record a line, for a program to read").default(false);
export const seedOption = () =>
  option("--seed <n>", "of all that is random: the same seed gives the same result on the same backend")
    .argParser(seed)
    .default(1);
export const backendOption = () =>
  option("--backend <name>", "what to compute on; default: the fastest that starts here").choices([
    "rnnkit-simd",
    "wasm",
    "cpu",
    "tensorflow",
    "tensorflow-gpu",
  ]);

export const tokenizerOption = () =>
  option("--tokenizer <name>", "what the model reads and writes")
    .choices(["characters", "words"])
    .default("characters");
export const minFrequencyOption = () =>
  option("--min-frequency <n>", "tokens that occur less often become <unk>").argParser(count).default(1);
export const validationFractionOption = () =>
  option("--validation-fraction <x>", "the end of the text that is not trained on, but scored")
    .argParser(fraction)
    .default(0.1);

export const kindOption = () =>
  option("--kind <name>", "the recurrent network").choices(["lstm", "gru", "rnn-tanh", "rnn-relu"]).default("lstm");
export const hiddenSizeOption = () =>
  option("--hidden-size <n>", "the width of its state").argParser(count).default(128);
export const layersOption = () => option("--layers <n>", "its layers").argParser(count).default(1);
export const embeddingSizeOption = () =>
  option("--embedding-size <n>", "the width of the token embedding; default: none, one-hot rows").argParser(count);

export const samplingOption = () =>
  option("--sampling <name>", "how batches are cut from the text; sequential ones carry the state on")
    .choices(["sequential", "random"])
    .default("sequential");
export const batchSizeOption = () => option("--batch-size <n>", "rows of a batch").argParser(count).default(16);
export const sequenceLengthOption = () =>
  option("--sequence-length <n>", "tokens of a row, after which back-propagation through time is cut off")
    .argParser(count)
    .default(32);
export const epochsOption = () => option("--epochs <n>", "passes over the text").argParser(count).default(10);
export const stepsOption = (which: string) => option("--steps <n>", `steps ${which}`).argParser(count);
export const optimizerOption = () =>
  option("--optimizer <name>", "how to learn").choices(["adam", "sgd"]).default("adam");
export const learningRateOption = () =>
  option("--learning-rate <x>", "default: 0.003 for adam, 1 for sgd").argParser(positive);
export const clipOption = () =>
  option("--clip <x>", "the largest norm of all gradients together").argParser(positive).default(1);

export const methodOption = () =>
  option("--method <name>", "how each token is chosen")
    .choices(["multinomial", "greedy", "beam"])
    .default("multinomial");
export const lengthOption = () => option("--length <n>", "tokens to write").argParser(count).default(200);
export const temperatureOption = () =>
  option("--temperature <x>", "multinomial: below 1 is more careful, above 1 more daring")
    .argParser(positive)
    .default(1);
export const topKOption = () =>
  option("--top-k <n>", "multinomial: draw from the n most probable tokens only").argParser(count);
export const topPOption = () =>
  option("--top-p <x>", "multinomial: draw from the fewest tokens that have this probability together").argParser(
    fraction,
  );
export const minPOption = () =>
  option("--min-p <x>", "multinomial: draw from tokens at least this many times as probable as the best").argParser(
    fraction,
  );
export const typicalOption = () =>
  option(
    "--typical <x>",
    "multinomial: draw from the most typical tokens that have this probability together",
  ).argParser(fraction);
export const repetitionPenaltyOption = () =>
  option(
    "--repetition-penalty <x>",
    "above 1, what was said before, in the prompt too, becomes less probable",
  ).argParser(positive);
export const ngramBlockingOption = () =>
  option("--ngram-blocking <n>", "say no n tokens in a row that were said before").argParser(count);
export const stopOption = () =>
  option("--stop <text>", "multinomial, greedy: end before this text; may be given several times").argParser(
    (text: string, others: readonly string[] | undefined) => {
      if (text === "") throw new InvalidArgumentError("It must not be empty.");
      return [...(others ?? []), text];
    },
  );
export const beamWidthOption = () => option("--beam-width <n>", "beam: sequences kept").argParser(count).default(4);
export const lengthExponentOption = () =>
  option("--length-exponent <x>", "beam: the log-probability is divided by length to this power")
    .argParser(notNegative)
    .default(0.75);
