import { configDefaults, defineConfig } from "vitest/config";
import { layers } from "./scripts/architecture/layers.mjs";
import { readmePlugin } from "./scripts/readme-plugin.ts";

const tensorPackages = Object.keys(layers).filter((id) => layers[id]?.kind === "tensors");
const conditions = ["@rnnkit/source", "node", "import", "default"];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  plugins: [readmePlugin()],
};

export default defineConfig({
  ...shared,
  test: {
    testTimeout: 60_000,
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: ".results/vitest.json" }]] : ["default"],
    projects: [
      {
        ...shared,
        test: {
          name: "pure",
          include: ["packages/*/test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...tensorPackages.map((name) => `packages/${name}/**`)],
          setupFiles: ["@rnnkit/testing/pure-setup"],
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: "tensor",
          include: tensorPackages.map((name) => `packages/${name}/test/**/*.test.ts`),
          setupFiles: ["@rnnkit/testing/pure-setup", "@rnnkit/testing/tensor-setup"],
        },
      },
      {
        ...shared,
        test: {
          name: "repository",
          include: ["tests/**/*.test.ts", "apps/*/test/**/*.test.ts"],
          setupFiles: ["@rnnkit/testing/pure-setup"],
          testTimeout: 180_000,
        },
      },
    ],
  },
});
