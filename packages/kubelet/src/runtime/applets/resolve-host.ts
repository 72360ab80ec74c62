// Host names for applets: the container's /etc/hosts first, then the pod's resolver.

import { resolveName } from "../network/names.ts";
import type { Process } from "../process/process.ts";

export function resolveHost(process: Process, name: string): string[] | undefined {
  return fromHosts(process, name) ?? resolveName(process.world.network, name);
}

function fromHosts({ files }: Process, name: string): string[] | undefined {
  const entry = files.find("/etc/hosts");
  if (entry?.kind !== "file") return undefined;
  for (const line of Buffer.from(entry.read()).toString().split("\n")) {
    const [ip, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (ip?.includes(".") && names.includes(name)) return [ip];
  }
  return undefined;
}
