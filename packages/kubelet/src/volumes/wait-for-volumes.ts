// A pod's containers wait for its volumes; what cannot be set up is tried again, ever more slowly.
// @see kubernetes pkg/kubelet/volumemanager/volume_manager.go WaitForAttachAndMount

import type { PodOnNode } from "../pods/pod-on-node.ts";
import { quoted, sliceText } from "../text/describe.ts";
import { MountError } from "./mounted-volumes.ts";

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 122_000;
/** After this the sync gives up and begins anew. */
const LONGEST_WAIT_MS = 123_000;

/** @throws Error when the wait is over; returns early when `interrupt` aborts */
export async function waitForVolumes(self: PodOnNode, interrupt: AbortSignal): Promise<void> {
  const { node, pod, volumes, record } = self;
  const deadline = node.clock.now() + LONGEST_WAIT_MS;
  let delayMs = FIRST_RETRY_MS;
  while (!interrupt.aborted) {
    try {
      return await volumes.sync(pod, record.sandbox?.ip ?? "");
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
      const volume = quoted(error.volume);
      const message = `MountVolume.SetUp failed for volume ${volume} : ${error.message}`;
      node.events.record(pod, { type: "Warning", reason: "FailedMount", message });
      const leftMs = deadline - node.clock.now();
      if (leftMs <= 0) throw giveUp(self);
      await node.clock.sleep(Math.min(delayMs, leftMs), interrupt);
      delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS);
    }
  }
}

function giveUp({ node, pod, volumes }: PodOnNode): Error {
  const names = (pod.spec.volumes ?? []).map(({ name }) => name);
  const unmounted = sliceText(names.filter((name) => !volumes.get(name)));
  const message =
    `Unable to attach or mount volumes: unmounted volumes=${unmounted}, ` +
    "unattached volumes=[], failed to process volumes=[]: context deadline exceeded";
  node.events.record(pod, { type: "Warning", reason: "FailedMount", message });
  return new Error(message);
}
