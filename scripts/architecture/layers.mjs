/**
 * @typedef {object} Rule
 * @property {"pure" | "bytes" | "tensors" | "app" | "private"} kind pure: ECMAScript alone; bytes: no tensors, no files;
 * tensors: over the peer dependency TensorFlow.js; app and private: free
 * @property {readonly string[]} imports the only members of the workspace that its sources may import
 */

const tensorless = ["random", "text", "samplers", "decoding", "metrics"];
const libraries = [...tensorless, "simd", "ops", "backends", "cells", "interop", "models", "training"];

/**
 * Who may import whom, lowest layer first: an arrow points to an earlier line only. docs/architecture.md draws it, the
 * architecture check and tests/architecture.test.ts hold the packages and that page to it.
 *
 * @type {Record<string, Rule>}
 */
export const layers = {
  random: { kind: "pure", imports: [] },

  text: { kind: "pure", imports: ["random"] },
  samplers: { kind: "pure", imports: ["random"] },
  decoding: { kind: "pure", imports: ["random"] },
  metrics: { kind: "pure", imports: ["random"] },
  simd: { kind: "pure", imports: [] },

  ops: { kind: "tensors", imports: [] },
  backends: { kind: "tensors", imports: ["random", "simd", "ops"] },

  cells: { kind: "tensors", imports: ["random", "ops"] },
  interop: { kind: "bytes", imports: [] },

  models: { kind: "tensors", imports: ["random", "text", "samplers", "decoding", "ops", "cells", "interop"] },
  training: { kind: "tensors", imports: ["random", "samplers", "metrics", "ops", "interop"] },

  rnnkit: { kind: "tensors", imports: libraries },
  testing: { kind: "private", imports: ["random", "text", "samplers", "decoding", "ops", "cells"] },
  cli: { kind: "app", imports: libraries },
  bench: {
    kind: "private",
    imports: [...tensorless, "simd", "ops", "backends", "cells", "models", "training"],
  },
  examples: { kind: "private", imports: libraries },
};
