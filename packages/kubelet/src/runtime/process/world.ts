// What all processes of one container share.

import type { Clock, Random } from "@kubonsai/clock";
import type { FileTree } from "../file-system/file-tree.ts";
import type { NetworkNamespace } from "../network/namespace.ts";
import type { ProcessTable } from "./process-table.ts";
import type { Program } from "./program.ts";

export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: ProcessTable;
  readonly tree: FileTree;
  readonly network: NetworkNamespace;
  readonly hostname: string;
  /** `NAME=value` entries separated by NUL: small to keep, parsed when a process looks. */
  readonly environment: string;
  /** 0: no limit. */
  readonly memoryLimitBytes: number;
  /** The ports that the pod's spec names for this container. */
  readonly declaredPorts: readonly number[];
  /** A process holds more than before: over the limit, the container is killed. */
  memoryGrew(): void;
  /** The program that an executable file names. */
  findProgram(name: string): Program | undefined;
  readonly node: { readonly name: string; readonly startedMs: number };
}
