// /dev, /sys and the files in /etc that the pod's sandbox provides.

import { DeviceFile, GeneratedFile, type DeviceName } from "../file-system/device.ts";
import type { Directory, Entry } from "../file-system/file-system.ts";
import { GeneratedDirectory, type Makers } from "../file-system/generated-directory.ts";
import { MemoryDirectory, MemorySymlink, metadata } from "../file-system/memory.ts";
import type { SandboxConfig } from "../runtime.ts";

const DEVICES: readonly DeviceName[] = ["null", "zero", "full", "random", "tty"];
const LINKS: { readonly [name: string]: string } = {
  fd: "/proc/self/fd",
  stdin: "/proc/self/fd/0",
  stdout: "/proc/self/fd/1",
  stderr: "/proc/self/fd/2",
};

/** @param extra what is mounted into /dev */
export function deviceDirectory(shm: () => Directory, extra: Makers): Entry {
  const makers: { [name: string]: () => Entry } = { ...extra, shm };
  for (const name of DEVICES) makers[name] = () => new DeviceFile(name);
  makers["urandom"] = () => new DeviceFile("random");
  makers["pts"] = () => GeneratedDirectory.of({});
  for (const [name, target] of Object.entries(LINKS))
    makers[name] = () => new MemorySymlink(target);
  return GeneratedDirectory.of(makers);
}

export function sharedMemory(): Directory {
  return new MemoryDirectory(metadata(0o1777));
}

export interface SysFacts {
  interfaceIndex: number;
  memoryLimitBytes: number;
  cpuLimitMillis: number;
}

export function sysDirectory({
  interfaceIndex,
  memoryLimitBytes,
  cpuLimitMillis,
}: SysFacts): Entry {
  const text = (content: string) => () => new GeneratedFile(() => `${content}\n`);
  const device = (index: number, peer: number) =>
    GeneratedDirectory.of({
      ifindex: text(String(index)),
      iflink: text(String(peer)),
      mtu: text("1500"),
      operstate: text("up"),
    });
  const net = GeneratedDirectory.of({
    lo: () => device(1, 1),
    eth0: () => device(2, interfaceIndex),
  });
  const cgroup = GeneratedDirectory.of({
    "memory.max": text(memoryLimitBytes ? String(memoryLimitBytes) : "max"),
    "cpu.max": text(cpuLimitMillis ? `${cpuLimitMillis * 100} 100000` : "max 100000"),
  });
  return GeneratedDirectory.of({
    class: () => GeneratedDirectory.of({ net: () => net }),
    fs: () => GeneratedDirectory.of({ cgroup: () => cgroup }),
  });
}

/** As the kubelet writes it. */
export function hostsText({ hostname, hostAliases }: SandboxConfig, ip: string): string {
  const lines = [
    "# Kubernetes-managed hosts file.",
    "127.0.0.1\tlocalhost",
    "::1\tlocalhost ip6-localhost ip6-loopback",
    "fe00::0\tip6-localnet",
    "fe00::0\tip6-mcastprefix",
    "fe00::1\tip6-allnodes",
    "fe00::2\tip6-allrouters",
    `${ip}\t${hostname}`,
  ];
  if (hostAliases.length > 0) {
    lines.push("", "# Entries added by HostAliases.");
    for (const alias of hostAliases) lines.push(`${alias.ip}\t${alias.hostnames.join("\t")}`);
  }
  return `${lines.join("\n")}\n`;
}

export function resolvText({ nameservers, searches, options }: SandboxConfig["dns"]): string {
  const lines = [];
  if (searches.length > 0) lines.push(`search ${searches.join(" ")}`);
  for (const server of nameservers) lines.push(`nameserver ${server}`);
  if (options.length > 0) lines.push(`options ${options.join(" ")}`);
  return lines.map((line) => `${line}\n`).join("");
}
