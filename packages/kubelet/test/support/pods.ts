// Pods and what runs of them in one line each.
//
//   pod("a b | init side* !OnFailure")   containers a and b; init containers init and side, side a sidecar
//   running({ "a#2": "running", b: "exit 1" })   the second attempt of a runs, b has exited with 1

import type { Container, ContainerStatus, Pod } from "@kubonsai/api";
import type { ContainerState, PodRuntimeStatus } from "../../src/pods/runtime-status.ts";

export const UID = "11111111-2222-4333-8444-555555555555";

export function pod(notation: string, change: (pod: Pod) => void = () => {}): Pod {
  const policy = /!(\w+)/.exec(notation)?.[1] as "Always" | "Never" | "OnFailure" | undefined;
  const [main = "", init = ""] = notation.replace(/!\w+/, "").split("|");
  const made: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "default", uid: UID, generation: 1 },
    spec: {
      nodeName: "node-1",
      restartPolicy: policy ?? "Always",
      terminationGracePeriodSeconds: 30,
      enableServiceLinks: true,
      containers: containers(main),
      ...(init.trim() ? { initContainers: containers(init) } : {}),
    },
    status: { phase: "Pending", qosClass: "BestEffort" },
  };
  change(made);
  return made;
}

const containers = (names: string): Container[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({
      name: name.replace("*", ""),
      image: "nginx:1.25",
      imagePullPolicy: "IfNotPresent" as const,
      ...(name.endsWith("*") ? { restartPolicy: "Always" } : {}),
    }));

/** `created`, `running`, `exit N`; names may carry `#attempt`; earlier instances come later. */
export function runtime(
  states: [name: string, state: string][] | { [name: string]: string },
  sandbox: "ready" | "lost" | "none" = "ready",
): PodRuntimeStatus {
  const list = Array.isArray(states) ? states : Object.entries(states);
  return {
    sandbox:
      sandbox === "none"
        ? undefined
        : { id: "sandbox", ip: "10.244.1.2", attempt: 0, isReady: sandbox === "ready" },
    containers: list.map(([key, state]) => instance(key, state)),
  };
}

function instance(key: string, text: string): ContainerState {
  const [name = "", attempt = "0"] = key.split("#");
  const exit = /^exit (\d+)$/.exec(text);
  const exitCode = Number(exit?.[1] ?? 0);
  return {
    id: `${name}-${attempt}`,
    name,
    attempt: Number(attempt),
    state: exit ? "exited" : (text as "created" | "running"),
    createdAt: 1000,
    startedAt: text === "created" ? 0 : 2000,
    finishedAt: exit ? 5000 : 0,
    exitCode,
    reason: exit ? (exitCode === 0 ? "Completed" : "Error") : "",
    message: "",
    specImage: "nginx:1.25",
    image: "docker.io/library/nginx:1.25",
    imageId: "docker.io/library/nginx@sha256:abc",
  };
}

/** `running`, `started` (running and started), `ready`, `exit N`, `waiting`, `waiting after N`. */
export function status(name: string, text: string): ContainerStatus {
  const exit = /^exit (\d+)$/.exec(text);
  const after = /^waiting after (\d+)$/.exec(text);
  const terminated = (code: string) => ({ terminated: { exitCode: Number(code) } });
  return {
    name,
    image: "nginx:1.25",
    imageID: "",
    restartCount: 0,
    containerID: `containerd://${name}`,
    ready: text === "ready",
    started: text === "ready" || text === "started",
    state: exit
      ? terminated(exit[1]!)
      : text.startsWith("waiting")
        ? { waiting: { reason: "CrashLoopBackOff" } }
        : { running: { startedAt: "2026-01-01T00:00:00Z" } },
    lastState: after ? terminated(after[1]!) : {},
  };
}
