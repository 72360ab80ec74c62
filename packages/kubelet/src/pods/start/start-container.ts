// The start of one container, step by step: image, config, create, start, postStart.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer

import type { Container, Pod } from "@kubonsai/api";
import { containerEnvironment } from "../../environment/container-environment.ts";
import { runHook } from "../../hooks/run-hook.ts";
import type { ContainerConfig, NodeImage } from "../../runtime/runtime.ts";
import { errorText } from "../../text/describe.ts";
import { containerMounts } from "../../volumes/container-mounts.ts";
import type { MountedVolumes } from "../../volumes/mounted-volumes.ts";
import type { NodeContext } from "../node-context.ts";
import type { PodRecord } from "../pod-record.ts";
import { latest, type PodRuntimeStatus } from "../runtime-status.ts";
import { killContainer } from "../stop/kill-container.ts";
import { containerConfig } from "./container-config.ts";
import { StartError } from "./start-error.ts";

export interface StartInput {
  record: PodRecord;
  status: PodRuntimeStatus;
  volumes: MountedVolumes;
}

/** Resolves after postStart. @throws StartError; the events are then recorded */
export async function startContainer(
  node: NodeContext,
  target: { pod: Pod; container: Container },
  input: StartInput,
): Promise<void> {
  const { pod, container } = target;
  const record = (type: "Normal" | "Warning", reason: string, message: string) =>
    node.events.record(pod, { type, reason, message, container });
  const failing = async <T>(reason: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const text = errorText(error);
      const isImage = error instanceof StartError;
      record("Warning", "Failed", `Error: ${isImage ? error.reason : text}`);
      throw isImage ? error : new StartError(reason, text);
    }
  };
  const image = await failing("ErrImagePull", () => node.images.ensure(pod, container));
  const config = await failing("CreateContainerConfigError", () =>
    configOf(node, target, { ...input, image }),
  );
  const sandboxId = input.record.sandbox?.id ?? "";
  const id = await failing("CreateContainerError", () =>
    node.runtime.createContainer(sandboxId, config),
  );
  input.record.addContainer(id, container);
  record("Normal", "Created", "Container created");
  await failing("RunContainerError", () => node.runtime.startContainer(id));
  record("Normal", "Started", "Container started");
  await runPostStart(node, { ...target, id }, input.record);
}

async function configOf(
  node: NodeContext,
  { pod, container }: { pod: Pod; container: Container },
  { image, status, record, volumes }: StartInput & { image: NodeImage },
): Promise<ContainerConfig> {
  const podIP = record.sandbox?.ip ?? "";
  const environment = await containerEnvironment(pod, container, {
    sources: node.sources,
    services: node.services(),
    podIP,
    hostIP: node.ip,
    allocatable: node.allocatable,
  });
  const mounts = containerMounts(container, { volumes, environment });
  const attempt = nextAttempt(pod, container, status);
  return containerConfig(pod, container, { attempt, image, environment, mounts });
}

/** One more than the last instance's; without one, than what was reported of earlier ones. */
function nextAttempt(pod: Pod, { name }: Container, status: PodRuntimeStatus): number {
  const current = latest(status, name);
  if (current) return current.attempt + 1;
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const said = [...initContainerStatuses, ...containerStatuses].find((one) => one.name === name);
  return said?.containerID ? said.restartCount + 1 : (said?.restartCount ?? 0);
}

/** Nothing else of the pod goes on meanwhile. A failure costs the container its life. */
async function runPostStart(
  node: NodeContext,
  { pod, container, id }: { pod: Pod; container: Container; id: string },
  record: PodRecord,
): Promise<void> {
  const handler = container.lifecycle?.postStart;
  if (!handler) return;
  const podIP = record.sandbox?.ip ?? "";
  try {
    await runHook(node, handler, { pod, container, containerId: id, podIP });
  } catch (error) {
    // the event says less than the status: hooks may print secrets
    node.events.record(pod, {
      type: "Warning",
      reason: "FailedPostStartHook",
      message: "PostStartHook failed",
      container,
    });
    const message = "FailedPostStartHook";
    await killContainer(node, { pod, container, id }, { message, reason: "postStartHook", podIP });
    throw new StartError("PostStartHookError", errorText(error));
  }
}
