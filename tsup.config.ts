// The one build configuration: every package runs "tsup --config ../../tsup.config.ts" in its own folder.
import { existsSync } from "node:fs";
import { defineConfig } from "tsup";

const isApp = existsSync("src/main.ts");
// Declarations take nine tenths of the time, and who only runs a command needs none: scripts/run.mjs says so.
const hasTypes = !isApp && process.env["RNNKIT_WITHOUT_TYPES"] === undefined;

export default defineConfig({
  entry: [isApp ? "src/main.ts" : "src/index.ts"],
  format: ["esm"],
  // The tsup of this version hands TypeScript a "baseUrl", which TypeScript 6 calls deprecated.
  dts: hasTypes && { compilerOptions: { ignoreDeprecations: "6.0", customConditions: [] } },
  clean: true,
  sourcemap: true,
  target: "node20",
  treeshake: true,
});
