import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { afterAll, describe, expect, it } from "vitest";
import { exercise } from "./browser/exercise.ts";
import { reportOfChromium } from "./browser/report-of-chromium.ts";

const chromium = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));
const folder = mkdtempSync(join(tmpdir(), "rnnkit-browser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!chromium)(
  "text and samplers in Chromium (skipped where neither CHROMIUM nor /usr/bin has one)",
  () => {
    it("bundled without a change, compute in a page and in a worker what they compute in Node", async () => {
      const entry = (name: string) => fileURLToPath(new URL(`browser/${name}.ts`, import.meta.url));
      await build({
        config: false,
        entry: [entry("page"), entry("worker")],
        outDir: folder,
        format: ["esm"],
        outExtension: () => ({ js: ".js" }),
        platform: "browser",
        target: "es2022",
        noExternal: [/.*/],
        silent: true,
        esbuildOptions: (options) => {
          options.conditions = ["@rnnkit/source"];
        },
      });
      const { agent, page, worker } = await reportOfChromium(chromium!, { folder, timeoutMs: 60_000 });
      expect(agent).toContain("Chrome");
      expect([page.hasDocument, worker.hasDocument]).toEqual([true, false]);
      const computed = JSON.parse(await exercise()) as unknown;
      expect(JSON.parse(page.computed)).toEqual(computed);
      expect(JSON.parse(worker.computed)).toEqual(computed);
    });
  },
);
