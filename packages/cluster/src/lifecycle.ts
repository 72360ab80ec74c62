// What can be done with a cluster from outside its process.

import { readState, requestStop, type ClusterState } from "./control.ts";
import { dataFolder, removeDataFolder } from "./data-folder.ts";
import { systemClock, type Clock } from "@kubonsai/clock";
import { UserError } from "./user-error.ts";

const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/** Asks the cluster to stop and waits until it is gone. @returns false when none was running */
export async function stopCluster(dataDir: string, clock: Clock = systemClock): Promise<boolean> {
  const folder = dataFolder(dataDir);
  if (!(await requestStop(folder))) return false;
  const deadline = clock.now() + STOP_TIMEOUT_MS;
  while (await readState(folder)) {
    if (clock.now() > deadline) throw new UserError("the cluster does not stop");
    await clock.sleep(POLL_MS);
  }
  return true;
}

/** @returns undefined when no cluster runs on this folder */
export function clusterState(dataDir: string): Promise<ClusterState | undefined> {
  return readState(dataFolder(dataDir));
}

/** Stops the cluster if it runs and removes its folder. @returns the folder's path */
export async function resetCluster(dataDir: string): Promise<string> {
  await stopCluster(dataDir);
  const folder = dataFolder(dataDir);
  removeDataFolder(folder);
  return folder.path;
}
