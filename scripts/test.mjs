// `npm test`: set up, fetch the kubectl that the tests drive, run every test, close with the counts.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { provideKubectl } from "./kubectl.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";

await setUp();
const kubectl = provideKubectl();

const report = join(root, ".cache", "test-report.json");
mkdirSync(join(root, ".cache"), { recursive: true });
rmSync(report, { force: true });

const { status } = spawnSync(
  join(root, "node_modules", ".bin", "vitest"),
  [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, ...kubectl } },
);

if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  const skipped = numPendingTests + numTodoTests;
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${skipped} skipped`);
  if (numPassedTests + numFailedTests === 0) process.exit(1);
}
process.exit(status ?? 1);
