import { sendReport } from "../send-report.ts";
import { exercise } from "./exercise.ts";

const worker = new Worker(new URL("worker.ts", import.meta.url), { type: "module" });
await sendReport({ worker, exercise });
