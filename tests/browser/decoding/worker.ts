import { exercise } from "./exercise.ts";

/** Answers the page that has started this worker. */
postMessage(await exercise());
