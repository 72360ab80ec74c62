// `kubonsai reset`: forgets everything that a data folder holds.

import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { resetCluster, UserError } from "@kubonsai/cluster";
import { dataDirFlag } from "./flags.ts";

export const resetCommand = () =>
  new Command("reset")
    .description("stop the cluster and remove its data folder")
    .addOption(dataDirFlag())
    .option("--yes", "do not ask")
    .action(async ({ dataDir, yes }: { dataDir: string; yes?: boolean }) => {
      if (!yes && !(await isConfirmed(dataDir))) return console.log("nothing was removed");
      const path = await resetCluster(dataDir);
      console.log(`removed ${path}`);
    });

async function isConfirmed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError("reset asks before it removes anything: say --yes where nobody can answer");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Remove ${dataDir} with all objects in it? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
