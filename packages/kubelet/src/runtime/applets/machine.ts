// ps, top, free, uptime, df, du, dmesg: what the machine does.

import type { Process } from "../process/process.ts";
import { ErrnoError } from "../file-system/errno.ts";
import { accountNames } from "./accounts.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { humanSize } from "./human-size.ts";
import { sizeOf } from "./ls.ts";
import { parseOptions } from "./options.ts";
import { walkTree } from "./walk-tree.ts";

const TOTAL_KIB = 8 * 1024 * 1024;

async function ps(process: Process): Promise<number> {
  const accounts = accountNames(process);
  const processes = process.world.processes.list();
  const now = process.world.clock.now();
  if (process.flavour === "busybox") {
    const rows = processes.map(
      (each) =>
        `${String(each.pid).padStart(5)} ${accounts.user(each.uid).padEnd(8)} ${duration(now - each.startedMs).padStart(5)} ${each.argv.join(" ")}\n`,
    );
    await process.print(`PID   USER     TIME  COMMAND\n${rows.join("")}`);
    return 0;
  }
  const options = process.argv.slice(1).join("");
  if (options.includes("aux") || /[ef]/.test(options)) {
    const rows = processes.map(
      (each) =>
        `${accounts.user(each.uid).padEnd(10)} ${String(each.pid).padStart(5)} ${String(each.parent?.pid ?? 0).padStart(5)}  0 ${startTime(each.startedMs)} ?        00:00:00 ${each.argv.join(" ")}\n`,
    );
    await process.print(`UID          PID  PPID  C STIME TTY          TIME CMD\n${rows.join("")}`);
    return 0;
  }
  const rows = processes.map(
    (each) => `${String(each.pid).padStart(7)} ?        00:00:00 ${each.name}\n`,
  );
  await process.print(`    PID TTY          TIME CMD\n${rows.join("")}`);
  return 0;
}

function duration(ms: number): string {
  const seconds = 0 * ms;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function startTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}

async function top(process: Process): Promise<number> {
  const { processes, clock, node } = process.world;
  const options = await parseOptions(process, "bn:d:H");
  if (typeof options === "number") return options;
  const rounds = Number(options.value("n") ?? (process.descriptors[1]?.isTerminal ? Infinity : 1));
  const accounts = accountNames(process);
  for (let round = 0; round < rounds; round++) {
    if (round > 0) await process.sleep(Number(options.value("d") ?? 5) * 1000);
    const used = Math.ceil(
      processes.list().reduce((sum, each) => sum + each.memoryBytes, 0) / 1024,
    );
    const rows = processes
      .list()
      .map(
        (each) =>
          `${String(each.pid).padStart(5)} ${String(each.parent?.pid ?? 0).padStart(5)} ${accounts.user(each.uid).padEnd(8)} S ${String(Math.ceil(each.memoryBytes / 1024)).padStart(8)}   0%   0% ${each.argv.join(" ")}\n`,
      );
    const clear = process.descriptors[1]?.isTerminal ? "\x1b[H\x1b[J" : "";
    await process.print(
      `${clear}Mem: ${used}K used, ${TOTAL_KIB - used}K free, 0K shrd, 0K buff, 0K cached\n` +
        `CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n` +
        `Load average: 0.00 0.01 0.05 1/${processes.count} ${process.pid}\n` +
        `  PID  PPID USER     STAT      VSZ %VSZ %CPU COMMAND\n${rows.join("")}`,
    );
    if (clock.now() < node.startedMs) return 1;
  }
  return 0;
}

async function free(process: Process): Promise<number> {
  const options = await parseOptions(process, "bkmgh");
  if (typeof options === "number") return options;
  const used = Math.ceil(
    process.world.processes.list().reduce((sum, each) => sum + each.memoryBytes, 0) / 1024,
  );
  const shown = (kib: number) => {
    if (options.has("h")) return humanSize(kib * 1024);
    return String(
      options.has("b")
        ? kib * 1024
        : options.has("m")
          ? Math.floor(kib / 1024)
          : options.has("g")
            ? Math.floor(kib / 1048576)
            : kib,
    );
  };
  const cells = (values: number[]) => values.map((value) => shown(value).padStart(12)).join("");
  await process.print(
    `              total        used        free      shared  buff/cache   available\n` +
      `Mem:   ${cells([TOTAL_KIB, used, TOTAL_KIB - used, 0, 0, TOTAL_KIB - used])}\nSwap:  ${cells([0, 0, 0])}\n`,
  );
  return 0;
}

async function uptime(process: Process): Promise<number> {
  const { clock, node } = process.world;
  const minutes = Math.floor((clock.now() - node.startedMs) / 60_000);
  const days = Math.floor(minutes / 1440);
  const rest = `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  const up = days > 0 ? `${days} days, ${rest}` : minutes < 60 ? `${minutes} min` : rest;
  await process.print(
    ` ${new Date(clock.now()).toISOString().slice(11, 19)} up ${up},  0 users,  load average: 0.00, 0.01, 0.05\n`,
  );
  return 0;
}

async function df(process: Process): Promise<number> {
  const options = await parseOptions(process, "hkmPTia");
  if (typeof options === "number") return options;
  const isHuman = options.has("h");
  const shown = (kib: number) =>
    (isHuman ? humanSize(kib * 1024) : String(kib)).padStart(isHuman ? 9 : 11);
  const rows: [string, number, string][] = [
    ["overlay", 100 * 1024 * 1024, "/"],
    ["tmpfs", 65536, "/dev"],
    ["shm", 65536, "/dev/shm"],
  ];
  const lines = rows.map(
    ([name, size, at]) =>
      `${name.padEnd(20)}${shown(size)} ${shown(0)} ${shown(size)}   0% ${at}\n`,
  );
  const title = isHuman ? "     Size      Used Available" : "  1K-blocks        Used   Available";
  await process.print(`Filesystem          ${title} Use% Mounted on\n${lines.join("")}`);
  return 0;
}

async function du(process: Process): Promise<number> {
  const options = await parseOptions(process, "ashkmcd:x[max-depth]:");
  if (typeof options === "number") return options;
  let code = 0;
  for (const root of options.operands.length > 0 ? options.operands : ["."]) {
    try {
      const found = [...walkTree(process, root)];
      const most = options.has("s") ? 0 : Number(options.value("d", "max-depth") ?? Infinity);
      const rows = found.filter(
        ({ entry, depth }) =>
          depth <= most && (entry.kind === "directory" || options.has("a") || depth === 0),
      );
      for (const row of rows.reverse()) {
        const inside = found.filter(
          ({ path }) => path === row.path || path.startsWith(`${row.path.replace(/\/$/, "")}/`),
        );
        const kib = inside.reduce((sum, { entry }) => sum + Math.ceil(sizeOf(entry) / 4096) * 4, 0);
        const size = options.has("h")
          ? humanSize(kib * 1024)
          : String(options.has("m") ? Math.ceil(kib / 1024) : kib);
        await process.print(`${size}\t${row.path}\n`);
      }
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      code = await complaint(
        process,
        process.flavour === "gnu"
          ? `cannot access '${root}': ${error.message}`
          : `${root}: ${error.message}`,
      );
    }
  }
  return code;
}

export const machine: Applets = { ps, top, free, uptime, df, du };
