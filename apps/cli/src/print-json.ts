import type { Emit } from "./events.ts";

/** Prints an event as one line of JSON. */
export const printJSON: Emit = (event) => {
  process.stdout.write(`${JSON.stringify(event)}\n`);
};
