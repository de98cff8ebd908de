import type { Event, ScoreEvent } from "./events.ts";

/** Prints an event as one line of JSON. */
export function printJSON(event: Event | ScoreEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
