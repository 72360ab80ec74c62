// `npm run test:etcd`: holds a real etcd to the store's contract, and both to the same answers.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { etcdOnPath, howToInstall } from "./etcd.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";

await setUp();
const etcd = etcdOnPath();
if (!etcd) {
  console.error(`test:etcd needs etcd's program on the PATH. ${howToInstall}`);
  process.exit(1);
}
console.log(`${etcd.path}, version ${etcd.version}`);

const { status } = spawnSync(
  join(root, "node_modules", ".bin", "vitest"),
  ["run", "packages/store/test/etcd.test.ts", "packages/store/test/side-by-side.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...process.env, ETCD_BINARY: etcd.path } },
);
process.exit(status ?? 1);
