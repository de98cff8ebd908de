// Each package is released for itself: shown by running changesets on a copy of the repository's manifests.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { workspaceMembers } from "../scripts/architecture/workspace.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const changesetsCli = join(root, "node_modules/@changesets/cli/bin.js");
let scratch = "";

function run(file: string, ...args: string[]): string {
  return execFileSync(file, args, { cwd: scratch, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
const changeset = (...args: string[]) => run(process.execPath, changesetsCli, ...args);
const git = (...args: string[]) => run("git", "-c", "user.name=test", "-c", "user.email=test@example.invalid", ...args);

function commitAll(): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", "state");
}

const versions = (): Record<string, string> =>
  Object.fromEntries(workspaceMembers(scratch).map(({ manifest }) => [manifest["name"], manifest["version"]]));

/** Writes a changeset, applies it, and gives the new version of each package that has one. */
function release(name: string, bump: "patch" | "major"): Record<string, string> {
  const before = versions();
  writeFileSync(join(scratch, ".changeset/one.md"), `---\n"${name}": ${bump}\n---\n\nA change.\n`);
  commitAll();
  changeset("version");
  commitAll();
  return Object.fromEntries(Object.entries(versions()).filter(([other, version]) => version !== before[other]));
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "rnnkit-changesets-"));
  const manifests = workspaceMembers(root).map(({ folder }) => `${folder}/package.json`);
  for (const file of ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", ".changeset", ...manifests]) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    cpSync(join(root, file), join(scratch, file), { recursive: true });
  }
  git("init", "--quiet", "--initial-branch=main");
  commitAll();
  changeset("version"); // what is waiting for release
  commitAll();
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it("changeset version releases every public package, and no private one", () => {
  const members = workspaceMembers(scratch);
  const unreleased = members.filter(({ manifest }) => manifest["version"] === "0.0.0");
  expect(unreleased).toEqual(members.filter(({ manifest }) => manifest["private"]));
});

it("changeset status announces the one package that has a changeset, beside private ones that have it inside", () => {
  git("checkout", "--quiet", "-b", "change");
  writeFileSync(join(scratch, ".changeset/one.md"), '---\n"@rnnkit/metrics": patch\n---\n\nA change.\n');
  commitAll();
  changeset("status", "--output=status.json");
  const { releases } = JSON.parse(readFileSync(join(scratch, "status.json"), "utf8")) as {
    releases: { name: string }[];
  };
  const members = workspaceMembers(scratch);
  const isPublic = (name: string) => !members.find(({ manifest }) => manifest["name"] === name)!.manifest["private"];
  expect(releases.map(({ name }) => name).filter(isPublic)).toEqual(["@rnnkit/metrics"]);
  git("checkout", "--quiet", "main");
});

it("changeset version releases a patch alone, as the ranges of those that depend on the package cover it", () => {
  expect(Object.keys(release("@rnnkit/metrics", "patch"))).toEqual(["@rnnkit/metrics"]);
});

it("changeset version of a breaking change also releases those that depend on the package, and nothing else", () => {
  const dependants = workspaceMembers(scratch).filter(
    ({ manifest }) => !manifest["private"] && manifest["dependencies"]?.["@rnnkit/metrics"],
  );
  const names = ["@rnnkit/metrics", ...dependants.map(({ manifest }) => manifest["name"] as string)];
  expect(Object.keys(release("@rnnkit/metrics", "major")).sort()).toEqual(names.sort());
});

it("changeset version leaves the ranges inside the workspace, so that the lockfile stays valid", () => {
  const ranges = workspaceMembers(scratch).flatMap(({ manifest }) =>
    Object.entries<string>(manifest["dependencies"] ?? {}).filter(([name]) => name.includes("rnnkit")),
  );
  expect(new Set(ranges.map(([, range]) => range))).toEqual(new Set(["workspace:^", "workspace:*"]));
  expect(run("pnpm", "install", "--frozen-lockfile", "--lockfile-only", "--offline")).toContain("Done");
});
