// The one build configuration: every package runs "tsup --config ../../tsup.config.ts" in its own folder. The types come from
// scripts/build-declarations.mjs.
import { existsSync } from "node:fs";
import { defineConfig } from "tsup";

const isApp = existsSync("src/main.ts");

export default defineConfig({
  entry: [isApp ? "src/main.ts" : "src/index.ts"],
  format: ["esm"],
  clean: true,
  sourcemap: true,
  target: "node20",
  treeshake: true,
});
