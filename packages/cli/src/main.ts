// The kubonsai command: the list of what it can do, and how failures are told.

import { Command } from "commander";
import { UserError } from "@kubonsai/cluster";
import { downCommand } from "./down.ts";
import { resetCommand } from "./reset.ts";
import { statusCommand } from "./status.ts";
import { upCommand } from "./up.ts";
import { VERSION } from "./version.ts";

const program = new Command("kubonsai")
  .description("Kubernetes in miniature, that real tools cannot tell from the real thing")
  .version(VERSION)
  .addCommand(upCommand())
  .addCommand(downCommand())
  .addCommand(statusCommand())
  .addCommand(resetCommand());

try {
  await program.parseAsync();
} catch (error) {
  const isUserError = error instanceof UserError;
  console.error(`kubonsai: ${isUserError ? error.message : ((error as Error).stack ?? error)}`);
  process.exit(1);
}
