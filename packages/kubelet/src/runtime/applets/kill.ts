// kill: signals to processes of the container.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import { parseSignal, SIGNALS, signalNumber, type Signal } from "../process/signals.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";

export const kill: Applets = {
  kill: async (process) => {
    const args = process.argv.slice(1);
    if (args[0] === "-l") return list(process, args.slice(1));
    let signal: Signal | undefined = "SIGTERM";
    if (args[0] === "-s" || args[0] === "-n") args[0] = `-${args.splice(1, 1)[0]}`;
    if (/^-[A-Za-z0-9]+$/.test(args[0] ?? "")) {
      const name = args.shift()!.slice(1);
      signal = name === "0" ? undefined : parseSignal(name);
      if (!signal && name !== "0") return complaint(process, `bad signal name '${name}'`);
    }
    if (args.length === 0) return complaint(process, "you need to specify whom to kill");
    let code = 0;
    for (const target of args) code = Math.max(code, await one(process, target, signal));
    return code;
  },
  killall: async (process) => {
    const [first = "", ...rest] = process.argv.slice(1);
    const isSignal = first.startsWith("-");
    const signal = isSignal ? parseSignal(first.slice(1)) : "SIGTERM";
    let code = 0;
    for (const name of isSignal ? rest : [first]) {
      const targets = process.world.processes.list().filter((other) => other.name === name);
      if (targets.length === 0) code = await complaint(process, `${name}: no process killed`);
      for (const target of targets) process.kill(target, signal);
    }
    return code;
  },
  pidof: async (process) => {
    const names = process.argv.slice(1);
    const found = process.world.processes.list().filter(({ name }) => names.includes(name));
    if (found.length === 0) return 1;
    await process.print(
      `${found
        .map(({ pid }) => pid)
        .reverse()
        .join(" ")}\n`,
    );
    return 0;
  },
};

async function one(process: Process, target: string, signal: Signal | undefined): Promise<number> {
  const pid = Number(target.replace(/^%/, "x"));
  if (!Number.isInteger(pid)) return complaint(process, `bad pid '${target}'`);
  const { processes } = process.world;
  const found = pid > 0 ? processes.get(pid) : undefined;
  const targets = pid > 0 ? (found ? [found] : []) : groupOf(process, pid);
  if (targets.length === 0) {
    return complaint(process, `can't kill pid ${pid}: ${new ErrnoError("ESRCH").message}`);
  }
  for (const each of targets) process.kill(each, signal);
  process.demandAlive();
  return 0;
}

/** 0: the caller's group; -1: everyone but the first; -n: group n. */
function groupOf(process: Process, pid: number): Process[] {
  const { processes } = process.world;
  if (pid === -1) return processes.list().filter((each) => each.pid !== 1 && each !== process);
  return processes.group(pid === 0 ? process.group : -pid);
}

async function list(process: Process, numbers: readonly string[]): Promise<number> {
  if (numbers.length === 0) {
    const rows = SIGNALS.map((signal) => `${signalNumber(signal)}) ${signal}`);
    await process.print(`${rows.join("\n")}\n`);
    return 0;
  }
  for (const number of numbers) {
    const plain = Number(number) > 128 ? String(Number(number) - 128) : number;
    await process.print(`${parseSignal(plain)?.replace(/^SIG/, "") ?? number}\n`);
  }
  return 0;
}
