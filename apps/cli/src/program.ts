import { Command } from "commander";
import { readFileSync } from "node:fs";
import { addScoreCommand } from "./add-score-command.ts";
import {
  backendOption,
  batchSizeOption,
  embeddingSizeOption,
  epochsOption,
  hiddenSizeOption,
  jsonOption,
  kindOption,
  layersOption,
  learningRateOption,
  lengthOption,
  lengthExponentOption,
  beamWidthOption,
  clipOption,
  methodOption,
  minFrequencyOption,
  minPOption,
  ngramBlockingOption,
  optimizerOption,
  repetitionPenaltyOption,
  samplingOption,
  seedOption,
  sequenceLengthOption,
  stepsOption,
  stopOption,
  temperatureOption,
  tokenizerOption,
  topKOption,
  topPOption,
  typicalOption,
  validationFractionOption,
} from "./options.ts";

/** The command line: what there is, how it is called, and which module does it. Modules are loaded when they are called. */
export function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const program = new Command("rnnkit")
    .description("Trains recurrent language models on text, writes text with them, and says how good they are.")
    .version(version)
    .option("--debug", "print the stack of an error")
    .showHelpAfterError("(rnnkit --help says how it is called)")
    .exitOverride();

  program
    .command("demo")
    .description("train a character model on Alice's Adventures in Wonderland for about a minute, and let it write")
    .option("--out <folder>", "where to save the model", "rnnkit-alice")
    .addOption(stepsOption("of training; default: what takes about a minute"))
    .addOption(seedOption())
    .addOption(backendOption())
    .addOption(jsonOption())
    .action(async (options) => (await import("./commands/demo.ts")).demo(options));

  program
    .command("train")
    .description("train a language model on a text file in UTF-8; Ctrl-C saves what was learnt, and stops")
    .argument("<file>", "the text")
    .option("--out <folder>", "where to save the model; a model that is there is replaced", "rnnkit-model")
    .addOption(tokenizerOption())
    .addOption(minFrequencyOption())
    .addOption(validationFractionOption())
    .addOption(kindOption())
    .addOption(hiddenSizeOption())
    .addOption(layersOption())
    .addOption(embeddingSizeOption())
    .addOption(samplingOption())
    .addOption(batchSizeOption())
    .addOption(sequenceLengthOption())
    .addOption(epochsOption())
    .addOption(stepsOption("at most; default: what the epochs take"))
    .addOption(optimizerOption())
    .addOption(learningRateOption())
    .addOption(clipOption())
    .addOption(seedOption())
    .addOption(backendOption())
    .addOption(jsonOption())
    .action(async (file: string, options) => (await import("./commands/train.ts")).trainCommand(file, options));

  program
    .command("generate")
    .description("write text with a saved model")
    .argument("<folder>", "the saved model")
    .requiredOption("--prompt <text>", "the beginning, which the model continues")
    .addOption(methodOption())
    .addOption(lengthOption())
    .addOption(stopOption())
    .addOption(temperatureOption())
    .addOption(topKOption())
    .addOption(topPOption())
    .addOption(minPOption())
    .addOption(typicalOption())
    .addOption(repetitionPenaltyOption())
    .addOption(ngramBlockingOption())
    .addOption(beamWidthOption())
    .addOption(lengthExponentOption())
    .addOption(seedOption())
    .addOption(backendOption())
    .addOption(jsonOption())
    .action(async (folder: string, options, command: Command) => {
      if (options.method === "beam" && options.stop !== undefined) {
        command.error("error: option '--stop <text>' cannot be used with option '--method beam'");
      }
      await (await import("./commands/generate.ts")).generate(folder, options);
    });

  program
    .command("evaluate")
    .description("measure the perplexity of a saved model on a text file in UTF-8")
    .argument("<folder>", "the saved model")
    .argument("<file>", "the text")
    .addOption(backendOption())
    .addOption(jsonOption())
    .action(async (folder: string, file: string, options) =>
      (await import("./commands/evaluate.ts")).evaluateCommand(folder, file, options),
    );

  addScoreCommand(program);
  return program;
}
