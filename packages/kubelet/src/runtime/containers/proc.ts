// /proc as a process of the container sees it.

import { GeneratedFile } from "../file-system/device.ts";
import type { Entry } from "../file-system/file-system.ts";
import type { Caller } from "../file-system/file-tree.ts";
import { GeneratedDirectory, type Makers } from "../file-system/generated-directory.ts";
import { MemorySymlink } from "../file-system/memory.ts";
import type { Process } from "../process/process.ts";
import type { World } from "../process/world.ts";
import { DescriptorDirectory } from "./proc-descriptors.ts";

const TOTAL_MEMORY_KIB = 8 * 1024 * 1024;

export function procDirectory(world: World, caller: Caller): Entry {
  const text = (content: () => string) => () => new GeneratedFile(content);
  const makers: Makers = {
    self: () => new MemorySymlink(String(caller.pid)),
    cpuinfo: text(cpuinfo),
    meminfo: text(() => meminfo(world)),
    uptime: text(() => uptime(world)),
    loadavg: text(() => `0.00 0.01 0.05 1/${world.processes.count} ${caller.pid}\n`),
    version: text(() => "Linux version 6.8.0-kubonsai (gcc 13.2.0) #1 SMP PREEMPT_DYNAMIC\n"),
    filesystems: text(() => "nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n\text4\n"),
    mounts: () => new MemorySymlink("self/mounts"),
    sys: () => sysctl(world),
    net: () => GeneratedDirectory.of({ dev: text(netDevices) }),
  };
  const names = function* () {
    for (const { pid } of world.processes.list()) yield String(pid);
    yield* Object.keys(makers);
  };
  return new GeneratedDirectory(names, (name) => {
    if (Object.hasOwn(makers, name)) return makers[name]!();
    const process = /^\d+$/.test(name) ? world.processes.get(Number(name)) : undefined;
    return process && processDirectory(process);
  });
}

function processDirectory(process: Process): Entry {
  const text = (content: () => string) => () => new GeneratedFile(content);
  return GeneratedDirectory.of({
    cmdline: text(() => process.argv.map((word) => `${word}\0`).join("")),
    comm: text(() => `${process.name.slice(0, 15)}\n`),
    environ: text(() => [...process.env].map(([name, value]) => `${name}=${value}\0`).join("")),
    status: text(() => status(process)),
    stat: text(() => stat(process)),
    cgroup: text(() => "0::/\n"),
    mounts: text(() => "overlay / overlay rw,relatime 0 0\nproc /proc proc rw 0 0\n"),
    limits: text(
      () => "Limit  Soft Limit  Hard Limit  Units\nMax open files 1048576 1048576 files\n",
    ),
    cwd: () => new MemorySymlink(process.cwd),
    root: () => new MemorySymlink("/"),
    exe: () => new MemorySymlink(process.argv[0] ?? ""),
    fd: () => new DescriptorDirectory(process),
  });
}

function status(process: Process): string {
  const { uid, gid } = process;
  return [
    `Name:\t${process.name.slice(0, 15)}`,
    `Umask:\t00${process.umask.toString(8)}`,
    "State:\tS (sleeping)",
    `Tgid:\t${process.pid}`,
    `Pid:\t${process.pid}`,
    `PPid:\t${process.parent?.pid ?? 0}`,
    `Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `Gid:\t${gid}\t${gid}\t${gid}\t${gid}`,
    `Groups:\t${process.groups.join(" ")}`,
    `VmRSS:\t${Math.ceil(process.memoryBytes / 1024)} kB`,
    "Threads:\t1",
    "",
  ].join("\n");
}

function stat(process: Process): string {
  const parent = process.parent?.pid ?? 0;
  const started = Math.floor((process.startedMs - process.world.node.startedMs) / 10);
  const zeros = "0 ".repeat(14).trim();
  return `${process.pid} (${process.name}) S ${parent} ${process.group} ${process.group} 0 -1 ${zeros} ${started}\n`;
}

function cpuinfo(): string {
  return [0, 1, 2, 3]
    .map(
      (cpu) => `processor\t: ${cpu}\nmodel name\t: kubonsai virtual CPU\ncpu MHz\t\t: 2400.000\n\n`,
    )
    .join("");
}

function meminfo(world: World): string {
  const used = world.processes.list().reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const free = TOTAL_MEMORY_KIB - Math.ceil(used / 1024);
  return `MemTotal:       ${TOTAL_MEMORY_KIB} kB\nMemFree:        ${free} kB\nMemAvailable:   ${free} kB\nBuffers:        0 kB\nCached:         0 kB\nSwapTotal:      0 kB\nSwapFree:       0 kB\n`;
}

function uptime(world: World): string {
  const seconds = (world.clock.now() - world.node.startedMs) / 1000;
  return `${seconds.toFixed(2)} ${(seconds * 4).toFixed(2)}\n`;
}

function netDevices(): string {
  const header =
    "Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n";
  const zeros = " 0".repeat(16);
  return `${header}    lo:${zeros}\n  eth0:${zeros}\n`;
}

function sysctl(world: World): Entry {
  const kernel = GeneratedDirectory.of({
    hostname: () => new GeneratedFile(() => `${world.hostname}\n`),
    ostype: () => new GeneratedFile(() => "Linux\n"),
    osrelease: () => new GeneratedFile(() => "6.8.0-kubonsai\n"),
    pid_max: () => new GeneratedFile(() => "4194304\n"),
  });
  const core = GeneratedDirectory.of({ somaxconn: () => new GeneratedFile(() => "4096\n") });
  const net = GeneratedDirectory.of({ core: () => core });
  return GeneratedDirectory.of({ kernel: () => kernel, net: () => net });
}
