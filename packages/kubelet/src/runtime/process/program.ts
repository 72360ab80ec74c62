// What runs in a process.

import type { Process } from "./process.ts";

/** Runs until it resolves with the exit code. Errors of the process API that it does not expect pass. */
export type Program = (process: Process) => Promise<number> | number;
