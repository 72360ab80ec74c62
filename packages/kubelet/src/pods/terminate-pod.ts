// The end of a pod on its node: stop everything, then say for good how it ended.
// @see kubernetes pkg/kubelet/kubelet.go SyncTerminatingPod, SyncTerminatedPod

import { killPod } from "./stop/kill-pod.ts";
import type { PodOnNode } from "./pod-on-node.ts";
import { terminatedStatus } from "./status/terminated-status.ts";

export interface TerminateOptions {
  /** Seconds. */
  grace: number;
  /** Called when nothing of the pod runs any more, before its last status is handed over. */
  onStopped: () => void;
}

export async function terminatePod(self: PodOnNode, options: TerminateOptions): Promise<void> {
  const { node, pod, record, uid } = self;
  self.publish(await record.status(pod));
  node.prober.stopLivenessAndStartup(uid);
  await killPod(node, pod, { record, grace: options.grace });
  node.prober.remove(uid);
  const runtime = await record.status(pod);
  options.onStopped();
  self.volumes.clear();
  // the newest object knows best whether the pod was deleted meanwhile
  const last = self.take();
  const status = self.compute(runtime, { isTerminating: true });
  node.statuses.set(last, terminatedStatus(last, status), true);
}
