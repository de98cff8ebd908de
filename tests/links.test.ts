import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { filesIn } from "../scripts/architecture/workspace.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = filesIn(root, ".").filter((path) => path.endsWith(".md"));

const withoutCode = (markdown: string) => markdown.replace(/^```.*?^```$/gms, "");

/** The targets of a page's links and images that lead to a file of the repository. */
function relativeLinks(markdown: string): string[] {
  const targets = [
    ...withoutCode(markdown)
      .replace(/`[^`\n]*`/g, "")
      .matchAll(/\]\(([^()\s]+)\)/g),
  ];
  return targets.map(([, target]) => target!).filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that a renderer gives to the headings of a page. */
function anchors(markdown: string): string[] {
  const headings = [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

function brokenLinks(folder: string, page: string): string[] {
  return relativeLinks(readFileSync(join(folder, page), "utf8")).filter((link) => {
    const [file, anchor] = link.split("#");
    const target = file ? join(folder, dirname(page), file) : join(folder, page);
    if (!existsSync(target)) return true;
    if (anchor === undefined) return false;
    return statSync(target).isDirectory() || !anchors(readFileSync(target, "utf8")).includes(anchor);
  });
}

it.each(pages)("every link in %s leads somewhere", (page) => {
  expect(brokenLinks(root, page)).toEqual([]);
});

it("relativeLinks gives the links to files and anchors, and neither code nor other sites", () => {
  const page = "[a](a.md#b) ![c](../c.png) [d](#d) [e](https://e.example) `[f](f)`\n\n```sh\n[g](g)\n```\n";
  expect(relativeLinks(page)).toEqual(["a.md#b", "../c.png", "#d"]);
});

it("anchors gives a heading in lower case, without punctuation, joined by hyphens", () => {
  expect(anchors("# Who may import whom?\n\n## `@rnnkit/text` 1.0\n")).toEqual([
    "who-may-import-whom",
    "rnnkittext-10",
  ]);
});
