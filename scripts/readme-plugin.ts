// A vitest plugin: importing "X/README.md?example" runs the first ```ts block of that README as a module, in which every
// package of the workspace can be imported, as its reader has installed what the example names.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readmeExample } from "./readme-example.mjs";

const packages = fileURLToPath(new URL("../packages", import.meta.url));

export function readmePlugin() {
  return {
    name: "readme-plugin",
    enforce: "pre" as const,
    resolveId(id: string, importer: string | undefined) {
      // The ending ".ts" makes vite strip the types.
      if (id.endsWith(".md?example")) return id.replace("?example", ".ts");
      const name = /^(?:@rnnkit\/)?([a-z]+)$/.exec(id)?.[1];
      const isFamily = name !== undefined && (id.startsWith("@") || id === "rnnkit");
      return isFamily && importer?.endsWith(".md.ts") ? `${packages}/${name}/src/index.ts` : undefined;
    },
    load(id: string) {
      return id.endsWith(".md.ts") ? readmeExample(readFileSync(id.slice(0, -".ts".length), "utf8")) : undefined;
    },
  };
}
