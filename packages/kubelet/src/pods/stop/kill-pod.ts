// The end of all containers of a pod, in parallel, and then of its sandbox.

import { isSidecar, type Container, type Pod } from "@kubonsai/api";
import type { NodeContext } from "../node-context.ts";
import type { PodRecord } from "../pod-record.ts";
import { killContainer } from "./kill-container.ts";
import { TerminationOrder } from "./termination-order.ts";

/** @param grace seconds; absent: what the pod says */
export async function killPod(
  node: NodeContext,
  pod: Pod,
  { record, grace }: { record: PodRecord; grace?: number },
): Promise<void> {
  const running = record.running();
  const names = running.map(({ name }) => name);
  const hasSidecars = (pod.spec.initContainers ?? []).some(isSidecar);
  const order = hasSidecars ? new TerminationOrder(pod, names, node.clock) : undefined;
  const podIP = record.sandbox?.ip ?? "";
  await Promise.all(
    running.map(({ id, name }) => {
      const container = containerNamed(pod, name);
      return killContainer(
        node,
        { pod, container, id },
        {
          message: `Stopping container ${name}`,
          reason: "pod",
          podIP,
          ...(grace === undefined ? {} : { grace }),
          ...(order ? { order } : {}),
        },
      );
    }),
  );
  await record.stopSandbox();
}

function containerNamed({ spec }: Pod, name: string): Container {
  const ephemeral = (spec.ephemeralContainers ?? []) as Container[];
  const all = [...spec.containers, ...(spec.initContainers ?? []), ...ephemeral];
  return all.find((container) => container.name === name) ?? { name };
}
