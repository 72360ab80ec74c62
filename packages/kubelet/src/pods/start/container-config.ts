// What the runtime is told of a container: command, environment, mounts, user, limits.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go generateContainerConfig

import { cpuMillis, quantityBytes, type Container, type Pod } from "@kubonsai/api";
import { expand } from "../../environment/expansion.ts";
import type { ContainerConfig, Mount, NodeImage } from "../../runtime/runtime.ts";
import { containerUser, refuseRoot } from "./container-user.ts";

export interface ContainerConfigInput {
  attempt: number;
  image: NodeImage;
  environment: ReadonlyMap<string, string>;
  mounts: Mount[];
}

/** @throws Error with CreateContainerConfigError's text */
export function containerConfig(
  pod: Pod,
  container: Container,
  { attempt, image, environment, mounts }: ContainerConfigInput,
): ContainerConfig {
  refuseRoot(pod, container, image);
  const expanded = (texts: string[] | undefined) =>
    texts?.map((text) => expand(text, (name) => environment.get(name)));
  const command = expanded(container.command);
  const args = expanded(container.args);
  const limits = container.resources?.limits ?? {};
  return {
    name: container.name,
    image: container.image ?? "",
    attempt,
    ...(command?.length ? { command } : {}),
    ...(args?.length ? { args } : {}),
    ...(container.workingDir ? { workingDir: container.workingDir } : {}),
    env: [...environment].map(([name, value]) => ({ name, value })),
    mounts,
    ...containerUser(pod, container),
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem ?? false,
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    ports: (container.ports ?? []).map(({ name, containerPort, protocol = "TCP" }) => ({
      ...(name ? { name } : {}),
      containerPort,
      protocol,
    })),
    memoryLimitBytes: quantityBytes(limits["memory"]),
    cpuLimitMillis: cpuMillis(limits["cpu"]),
    terminationMessagePath: container.terminationMessagePath ?? "/dev/termination-log",
  };
}
