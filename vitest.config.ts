import { configDefaults, defineConfig } from "vitest/config";
import { layers } from "./scripts/architecture/layers.mjs";
import { readmePlugin } from "./scripts/readme-plugin.ts";

const tensorPackages = Object.keys(layers).filter((id) => layers[id]?.kind === "tensors");
const conditions = ["@rnnkit/source", "node", "import", "default"];
/** For what hangs, not for what is slow: machines are shared. A project does not inherit it. */
const TEST_TIMEOUT_MS = 60_000;
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  plugins: [readmePlugin()],
};
const tensors = {
  testTimeout: TEST_TIMEOUT_MS,
  hookTimeout: TEST_TIMEOUT_MS,
  setupFiles: ["@rnnkit/testing/pure-setup", "@rnnkit/testing/tensor-setup"],
};

export default defineConfig({
  ...shared,
  test: {
    maxWorkers: "100%", // the default leaves a core to the reporter, half of a machine with two
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: ".results/vitest.json" }]] : ["default"],
    projects: [
      {
        ...shared,
        test: {
          name: "pure",
          testTimeout: TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
          include: ["packages/*/test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...tensorPackages.map((name) => `packages/${name}/**`)],
          setupFiles: ["@rnnkit/testing/pure-setup"],
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          ...tensors,
          name: "tensor",
          include: tensorPackages.map((name) => `packages/${name}/test/**/*.test.ts`),
          exclude: [...configDefaults.exclude, "packages/backends/**"],
          isolate: false,
        },
      },
      {
        // These register a backend each in its own way, and want a process in which there is none yet.
        ...shared,
        test: { ...tensors, name: "backends", include: ["packages/backends/test/**/*.test.ts"] },
      },
      {
        ...shared,
        test: {
          name: "repository",
          include: ["tests/**/*.test.ts", "apps/*/test/**/*.test.ts", "examples/test/**/*.test.ts"],
          setupFiles: ["@rnnkit/testing/pure-setup"],
          testTimeout: 3 * TEST_TIMEOUT_MS,
          hookTimeout: TEST_TIMEOUT_MS,
        },
      },
    ],
  },
});
