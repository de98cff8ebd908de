import type { TrainingReport } from "@rnnkit/training";
import cliProgress from "cli-progress";
import { formatCount, formatDuration, formatScore } from "./format.ts";

/** Shows how training goes on: on a terminal a line that is drawn anew, otherwise a line at each tenth and validation. */
export interface Progress {
  show(report: TrainingReport): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: NodeJS.WriteStream): Progress {
  const bar = new cliProgress.SingleBar(
    { format: "{bar} {line}", stream, hideCursor: true, clearOnComplete: true, barsize: 24, gracefulExit: false },
    cliProgress.Presets.shades_classic,
  );
  let isStarted = false;
  let validation: TrainingReport["validation"];
  return {
    show(report) {
      validation = report.validation ?? validation; // the last one stays in sight
      const line = describe({ ...report, ...(validation && { validation }) });
      if (isStarted) bar.update(report.step, { line });
      else bar.start(report.numSteps, report.step, { line });
      isStarted = true;
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

function createLines(stream: NodeJS.WriteStream): Progress {
  let tenths = 0;
  return {
    show(report) {
      const reached = Math.floor((10 * report.step) / report.numSteps);
      if (reached === tenths && !report.validation) return;
      tenths = reached;
      stream.write(`${describe(report)}\n`);
    },
    stop() {},
  };
}

function describe(report: TrainingReport): string {
  const { step, numSteps, meanLoss, perplexity, tokensPerSecond, remainingMs, validation } = report;
  return [
    `${Math.floor((100 * step) / numSteps)}%`,
    `step ${step}/${numSteps}`,
    `loss ${meanLoss.toFixed(3)}`,
    `perplexity ${formatScore(perplexity)}`,
    ...(validation ? [`validation ${formatScore(validation.perplexity)}`] : []),
    `${formatCount(tokensPerSecond)} tokens/s`,
    `${formatDuration(remainingMs)} left`,
  ].join(" · ");
}
