import { exercise } from "./exercise.ts";

/** Answers the page that has started this worker. */
postMessage({ computed: await exercise(), hasDocument: "document" in globalThis });
