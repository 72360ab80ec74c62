// A log file per component, for components that run inside this process.

import { join } from "node:path";
import { pino, type Logger } from "pino";
import type { DataFolder } from "./data-folder.ts";
import type { ClusterOptions } from "./options.ts";

export function componentLog(
  name: string,
  folder: DataFolder,
  level: ClusterOptions["logLevel"],
): Logger {
  const dest = join(folder.logs, `${name}.log`);
  return pino({ name, level }, pino.destination({ dest, mode: 0o600, sync: true }));
}
