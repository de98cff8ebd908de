// A vitest plugin: importing "X/README.md?example" runs the first ```ts block of that README as a module, resolved from
// the README's own folder. tests/readme.test.ts compares what it prints with the comments behind its console.log lines.
import { readFileSync } from "node:fs";
import { transformWithOxc } from "vite";

const SUFFIX = ".md?example";

export function readmeExamples() {
  return {
    name: "readme-examples",
    enforce: "pre" as const,
    async load(id: string) {
      if (!id.endsWith(SUFFIX)) return undefined;
      const path = id.slice(0, -"?example".length);
      const block = /^```ts\n(.*?)^```$/ms.exec(readFileSync(path, "utf8"))?.[1];
      if (block === undefined) throw new Error(`${path} has no \`\`\`ts block`);
      return (await transformWithOxc(block, "example.ts")).code;
    },
  };
}
