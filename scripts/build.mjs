// Bundles each process into dist/bin: one file to read at start instead of hundreds.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { distFolder, root } from "./paths.mjs";

/** The parent loads components only to run them inside itself, so it is split into pieces. */
const command = { kubonsai: "packages/cli/src/main.ts" };

/** Output name → entry: each holds what its process needs and no more. */
const components = {
  store: "packages/store/src/main.ts",
  apiserver: "packages/apiserver/src/main.ts",
  "controller-manager": "packages/controller-manager/src/main.ts",
  scheduler: "packages/scheduler/src/main.ts",
  kubelet: "packages/kubelet/src/main.ts",
};

// Bundled CommonJS packages still call `require` for Node's own modules.
const requireBanner =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

export async function build() {
  rmSync(distFolder, { recursive: true, force: true });
  await Promise.all([bundle(command, { splitting: true }), bundle(components, {})]);
}

async function bundle(entries, options) {
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, entry]) => ({ in: join(root, entry), out })),
    outdir: distFolder,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Names stay readable in stack traces; the rest is only to be parsed at every start.
    minifyWhitespace: true,
    minifySyntax: true,
    // LevelDB's native part finds its binary beside its own files.
    external: ["classic-level"],
    banner: { js: requireBanner },
    logLevel: "warning",
    ...options,
  });
}
