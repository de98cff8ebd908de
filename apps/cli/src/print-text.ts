import colors from "picocolors";
import type { Emit, Event } from "./events.ts";
import { formatCount, formatDuration, formatScore } from "./format.ts";
import { createProgress } from "./progress.ts";

// In a pipe no colours, also under continuous integration, where picocolors would use them.
const pc = colors.createColors(colors.isColorSupported && process.stdout.isTTY === true);

/** Puts events into words: results on standard output, the progress of training on standard error. */
export function createTextPrinter(): Emit {
  const progress = createProgress(process.stderr);
  return (event) => {
    if (event.event === "report") {
      progress.show(event);
      return;
    }
    progress.stop();
    process.stdout.write(`${describe(event)}\n`);
  };
}

function describe(event: Exclude<Event, { event: "report" }>): string {
  switch (event.event) {
    case "start": {
      const { source, backend, tokenizer, numTokens, model, numParameters, seed } = event;
      const threads =
        backend.numThreads === undefined
          ? ""
          : `, ${formatCount(backend.numThreads)} thread${backend.numThreads === 1 ? "" : "s"}`;
      return [
        `${pc.bold(source)}: ${formatCount(numTokens.train)} ${tokenizer} to learn from, ${formatCount(numTokens.validation)} to validate on, vocabulary of ${model.vocabSize}`,
        `${model.kind} of ${model.numLayers} × ${model.hiddenSize}, ${formatCount(numParameters)} parameters, seed ${seed}, on ${backend.name} (${backend.reason}${threads})`,
      ].join("\n");
    }
    case "interrupted":
      return `\ninterrupted after step ${event.step}: saving what was learnt`;
    case "validation": {
      const rows = [
        ["this model", event.perplexity, `${event.bitsPerToken.toFixed(2)} bits a token`],
        ["unigram", event.unigramPerplexity, "frequencies alone, no context"],
        ["uniform", event.uniformPerplexity, "the size of the vocabulary"],
      ] as const;
      const lines = rows.map(
        ([name, score, note]) => `  ${name.padEnd(12)}${formatScore(score).padStart(9)}   ${pc.dim(note)}`,
      );
      return [`\n${pc.bold("validation perplexity")}`, ...lines].join("\n");
    }
    case "continuation":
      return `\n${pc.bold(event.method)}\n  ${pc.dim(event.prompt)}${event.text.replaceAll("\n", "\n  ")}`;
    case "saved":
      return `\nsaved in ${pc.bold(event.folder)} after ${formatDuration(event.elapsedMs)}`;
    case "evaluation":
      return [
        `perplexity ${formatScore(event.perplexity)} (${event.bitsPerToken.toFixed(3)} bits a token; uniform: ${formatScore(event.uniformPerplexity)})`,
        `${formatCount(event.count)} tokens scored, ${formatCount(event.numUnknown)} of them unknown to the model, on ${event.backend.name}`,
      ].join("\n");
  }
}
