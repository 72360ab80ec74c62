// From a path's names to a container of this process.

import type { PodOnNode } from "../pods/pod-on-node.ts";
import type { ServerContext } from "./server.ts";
import { HttpError } from "./http-error.ts";

/** A container that runs: what exec and attach need. @throws HttpError */
export function runningContainer(
  { workers }: ServerContext,
  [namespace = "", pod = "", container = ""]: string[],
): { self: PodOnNode; id: string } {
  const worker = workers.find(namespace, pod);
  if (!worker) throw new HttpError(404, "pod does not exist");
  const running = worker.self.record.running().find(({ name }) => name === container);
  if (!running) throw new HttpError(500, `container not found (${JSON.stringify(container)})`);
  return { self: worker.self, id: running.id };
}
