// What a container left to say when it ended: its termination message file, or its last log lines.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go getTerminationMessage

import type { Pod } from "@kubonsai/api";
import type { ContainerRuntime, ContainerStatus } from "../runtime/runtime.ts";

const MOST_FILE_BYTES = 4096;
/** Shared by all containers of a pod. */
const MOST_POD_BYTES = 12 * 1024;
const MOST_LOG_LINES = 80;
const MOST_LOG_BYTES = 2048;

/** The runtime's own words first, then the container's. */
export async function terminationMessage(
  runtime: ContainerRuntime,
  status: ContainerStatus,
  pod: Pod,
): Promise<string> {
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const spec = containers.find(({ name }) => name === status.name);
  const limit = Math.min(MOST_FILE_BYTES, Math.floor(MOST_POD_BYTES / containers.length));
  let said = firstBytes(status.terminationMessage, limit);
  const wantsLogs = spec?.terminationMessagePolicy === "FallbackToLogsOnError";
  if (said === "" && wantsLogs && status.exitCode !== 0) said = await lastLog(runtime, status.id);
  return [status.message, said].filter((part) => part !== "").join(": ");
}

async function lastLog(runtime: ContainerRuntime, containerId: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  const options = { follow: false, tailLines: MOST_LOG_LINES };
  const lines = runtime.readLogs(containerId, options, new AbortController().signal);
  for await (const { bytes } of lines) chunks.push(bytes);
  return Buffer.concat(chunks).subarray(-MOST_LOG_BYTES).toString("utf8");
}

function firstBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= limit ? text : bytes.subarray(0, limit).toString("utf8");
}
