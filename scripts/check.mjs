// Everything that can be said of the code without running it: types, format, the rules of the house.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";

const steps = [
  ["types", "tsc", ["--build"]],
  ["format", "prettier", ["--check", "--log-level", "warn", "."]],
  ["architecture", "vitest", ["run", "test/architecture.test.ts"]],
];

await setUp();
for (const [name, command, parameters] of steps) {
  const { status } = spawnSync(join(root, "node_modules", ".bin", command), parameters, {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(`check failed: ${name}`);
    process.exit(status ?? 1);
  }
}
