// Bundles each process into dist/bin: one file to read at start instead of hundreds.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { distFolder, root, setUp } from "./setup.mjs";

/** Output name → entry. */
const processes = {
  kubonsai: "packages/cli/src/main.ts",
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
  const { build: bundle } = await import("esbuild");
  rmSync(distFolder, { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: Object.entries(processes).map(([out, entry]) => ({ in: join(root, entry), out })),
    outdir: distFolder,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // LevelDB's native part finds its binary beside its own files.
    external: ["classic-level"],
    banner: { js: requireBanner },
    logLevel: "warning",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  rmSync(distFolder, { recursive: true, force: true });
  await setUp();
}
