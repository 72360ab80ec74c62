// Where etcd's program is, for those who measure or test against a real one.

import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export const howToInstall =
  "On Debian and Ubuntu: apt-get install etcd-server. Elsewhere: https://etcd.io/docs/latest/install";

/** ETCD_BINARY when it is set, else what the PATH has; undefined when there is none that runs. */
export function etcdOnPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = process.env.ETCD_BINARY
    ? [process.env.ETCD_BINARY]
    : folders.map((folder) => join(folder, "etcd"));
  const path = places.find(isProgram);
  if (!path) return undefined;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  const version = /etcd Version: (\S+)/.exec(stdout ?? "")?.[1];
  return version && { path, version };
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
