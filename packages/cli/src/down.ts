// `kubonsai down`: stops the cluster that runs on a data folder, and waits until it is gone.

import { Command } from "commander";
import { stopCluster } from "@kubonsai/cluster";
import { dataDirFlag } from "./flags.ts";

export const downCommand = () =>
  new Command("down")
    .description("stop the running cluster; its objects stay")
    .addOption(dataDirFlag())
    .action(async ({ dataDir }: { dataDir: string }) => {
      const wasRunning = await stopCluster(dataDir);
      console.log(wasRunning ? "stopped" : `no cluster is running on ${dataDir}`);
    });
