#!/usr/bin/env node
import { CommanderError } from "commander";
import { createProgram } from "./program.ts";

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its own message; misuse is 2, --help and --version are 0.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const { message, stack } = error as Error;
    process.stderr.write(`rnnkit: ${program.opts()["debug"] ? stack : message}\n`);
    process.exitCode = 1;
  }
}
