// Puts the scheduler together: client, informers, recorder, and the loop on them.

import { hostname } from "node:os";
import { nodeKind, podKind, type Pod } from "@kubonsai/api";
import {
  connectClient,
  createInformer,
  createSchedulerEventRecorder,
  type ComponentOptions,
  type Running,
} from "@kubonsai/client";
import { createEffects } from "./effects.ts";
import { SCHEDULER_NAME } from "./pods/duty.ts";
import { Scheduler } from "./scheduler.ts";

/** Finished pods take nothing from a node: they are not even watched. */
const UNFINISHED = "status.phase!=Succeeded,status.phase!=Failed";

/** Resolves when it knows all nodes and pods and has begun to schedule. */
export async function startScheduler(options: ComponentOptions): Promise<Running> {
  const { connection, clock, random, log } = options;
  const client = connectClient(connection, { clock });
  const recorder = createSchedulerEventRecorder({
    client,
    clock,
    log,
    reportingController: SCHEDULER_NAME,
    reportingInstance: `${SCHEDULER_NAME}-${hostname()}`,
  });
  const effects = createEffects({ client, recorder, clock, log });
  const scheduler = new Scheduler({ clock, random, log, effects });
  const nodes = createInformer(client, nodeKind, { clock, log, random });
  const pods = createInformer(client, podKind, {
    ...{ clock, log, random, transform: withoutManagedFields },
    fieldSelector: UNFINISHED,
  });
  nodes.on({
    added: (node) => scheduler.onNode(node),
    updated: (node, old) => scheduler.onNode(node, old),
    deleted: (node) => scheduler.onNodeGone(node),
  });
  pods.on({
    added: (pod) => scheduler.onPod(pod),
    updated: (pod, old) => scheduler.onPod(pod, old),
    deleted: (pod) => scheduler.onPodGone(pod),
  });
  const stopping = new AbortController();
  const watching = [nodes.run(stopping.signal), pods.run(stopping.signal)];
  await Promise.all([nodes.synced(), pods.synced()]);
  const scheduling = scheduler.run(stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await Promise.all([...watching, scheduling]);
      await recorder.stop();
      client.close();
    },
  };
}

function withoutManagedFields(pod: Pod): Pod {
  const { managedFields: _, ...metadata } = pod.metadata;
  return { ...pod, metadata };
}
