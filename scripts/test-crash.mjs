// `npm run test:crash`: kills the store 200 times in the middle of its work, and holds it to every write
// that it had answered. `npm run test:crash -- 50 3` for fewer rounds, or with another seed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";

const [rounds = "200", seed = "7"] = process.argv.slice(2);
await setUp();
const { status } = spawnSync(
  join(root, "node_modules", ".bin", "vitest"),
  ["run", "packages/store/test/process.test.ts", "-t", "loses nothing acknowledged"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, KUBONSAI_KILLS: rounds, KUBONSAI_SEED: seed },
  },
);
process.exit(status ?? 1);
