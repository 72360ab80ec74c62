// Two pods of a node cannot have the same host port.

import type { ContainerPort, Pod } from "@kubonsai/api";

export function hostPortsTaken(pod: Pod, others: readonly Pod[]): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  const taken = others.flatMap(hostPorts);
  return wanted.some((port) => taken.some((other) => clash(port, other)));
}

function hostPorts({ spec }: Pod): ContainerPort[] {
  const ports = spec.containers.flatMap((container) => container.ports ?? []);
  if (!spec.hostNetwork) return ports.filter(({ hostPort }) => hostPort);
  return ports.map((port) => ({ ...port, hostPort: port.hostPort ?? port.containerPort }));
}

function clash(a: ContainerPort, b: ContainerPort): boolean {
  if (a.hostPort !== b.hostPort || (a.protocol ?? "TCP") !== (b.protocol ?? "TCP")) return false;
  const [ipA, ipB] = [a.hostIP || "0.0.0.0", b.hostIP || "0.0.0.0"];
  return ipA === ipB || ipA === "0.0.0.0" || ipB === "0.0.0.0";
}
