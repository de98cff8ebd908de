import { fileURLToPath } from "node:url";
import { build, defaultClientConditions } from "vite";

/** Bundles the page in a folder beside this file as an application does: by Vite, told nothing about rnnkit. */
export async function bundle(app: string, { folder }: { readonly folder: string }): Promise<void> {
  await build({
    configFile: false,
    logLevel: "error",
    root: fileURLToPath(new URL(app, import.meta.url)),
    base: "./",
    // The sources take the place of what is published, so that nothing must be built first.
    resolve: { conditions: ["@rnnkit/source", ...defaultClientConditions] },
    // A worker that imports TensorFlow.js consists of several files, of which Vite makes ES modules alone.
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: Infinity },
  });
}
