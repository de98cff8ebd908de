export { golden, type Golden } from "./golden.ts";
export { sharedFile, type SharedFile } from "./shared-file.ts";
export { expectClose } from "./expect-close.ts";
export { tokenizerContract } from "./tokenizer-contract.ts";
export { epochsContract } from "./epochs-contract.ts";
export { batchesContract } from "./batches-contract.ts";
export { stepperContract } from "./stepper-contract.ts";
export { withoutWorkers } from "./without-workers.ts";
