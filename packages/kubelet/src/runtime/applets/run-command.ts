// Applets that run commands: the helper, and xargs, timeout, nohup, time, watch.

import { ErrnoError } from "../file-system/errno.ts";
import { findExecutable } from "../process/executable.ts";
import type { Process, ProcessOptions } from "../process/process.ts";
import { parseSignal } from "../process/signals.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { chunksOf } from "./input.ts";
import { parseOptions } from "./options.ts";
import { secondsOf } from "./sleep.ts";

/** Starts a command; what cannot be started is told. @returns the child, or its exit code */
export async function startCommand(
  process: Process,
  argv: string[],
  change: Partial<ProcessOptions> = {},
): Promise<Process | number> {
  try {
    return process.spawn(findExecutable(process, argv[0]!), argv, change);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const what = process.flavour === "gnu" ? `${argv[0]}` : `can't execute '${argv[0]}'`;
    return complaint(process, `${what}: ${error.message}`, error.code === "ENOENT" ? 127 : 126);
  }
}

export async function runCommand(process: Process, argv: string[]): Promise<number> {
  const child = await startCommand(process, argv);
  return typeof child === "number" ? child : (await process.wait(child)).code;
}

async function xargs(process: Process): Promise<number> {
  const options = await parseOptions(
    process,
    "+0rtn:I:P:L:d:s:E:[null][no-run-if-empty][max-args]:",
  );
  if (typeof options === "number") return options;
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(process, process.descriptors[0]!)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const command = options.operands.length > 0 ? options.operands : ["echo"];
  const mark = options.value("I");
  const separator = options.has("0", "null") ? "\0" : options.value("d");
  const items =
    separator !== undefined
      ? text
          .split(separator.replace("\\n", "\n"))
          .filter((item, at, all) => at < all.length - 1 || item !== "")
      : mark !== undefined
        ? text
            .split("\n")
            .map((line) => line.trim())
            .filter(Boolean)
        : words(text);
  if (items.length === 0 && (options.has("r", "no-run-if-empty") || mark !== undefined)) return 0;
  const size = mark !== undefined ? 1 : Number(options.value("n", "max-args", "L") ?? Infinity);
  let code = 0;
  for (let at = 0; at === 0 || at < items.length; at += size) {
    const batch = items.slice(at, at + size);
    const argv =
      mark !== undefined
        ? command.map((word) => word.replaceAll(mark, batch[0] ?? ""))
        : [...command, ...batch];
    if (options.has("t")) await process.complain(`${argv.join(" ")}\n`);
    const status = await runCommand(process, argv);
    if (status === 126 || status === 127) return status;
    if (status !== 0) code = 123;
    if (size === Infinity) break;
  }
  return code;
}

/** Blanks separate, quotes and backslashes keep together. */
function words(text: string): string[] {
  const found = text.match(/(?:"[^"]*"|'[^']*'|\\[\s\S]|[^\s"'\\])+/g) ?? [];
  return found.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\([\s\S])/g,
      (_whole, double?: string, single?: string, escaped?: string) =>
        double ?? single ?? escaped ?? "",
    ),
  );
}

async function timeout(process: Process): Promise<number> {
  const options = await parseOptions(
    process,
    "+s:k:t:[signal]:[kill-after]:[preserve-status][foreground]",
  );
  if (typeof options === "number") return options;
  const rest = [...options.operands];
  const limit = secondsOf(options.value("t") ?? rest.shift() ?? "");
  if (limit === undefined || rest.length === 0)
    return complaint(process, "invalid time interval", 125);
  const child = await startCommand(process, rest);
  if (typeof child === "number") return child;
  const { clock } = process.world;
  let isLate = false;
  const timer = clock.after(limit * 1000, () => {
    isLate = true;
    child.signal(parseSignal(options.value("s", "signal") ?? "TERM") ?? "SIGTERM");
  });
  const killAfter = secondsOf(options.value("k", "kill-after") ?? "");
  const killer =
    killAfter === undefined
      ? undefined
      : clock.after((limit + killAfter) * 1000, () => child.signal("SIGKILL"));
  process.onEnd(() => (timer.cancel(), killer?.cancel()));
  const { code } = await process.wait(child);
  if (!isLate || options.has("preserve-status")) return code;
  return process.flavour === "busybox" ? 143 : 124;
}

async function time(process: Process): Promise<number> {
  const started = process.world.clock.now();
  const argv = process.argv.slice(1).filter((arg) => arg !== "-p");
  const code = argv.length > 0 ? await runCommand(process, argv) : 0;
  const seconds = (process.world.clock.now() - started) / 1000;
  const text = `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`;
  await process.complain(`real\t${text}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`);
  return code;
}

async function watch(process: Process): Promise<number> {
  const options = await parseOptions(process, "+n:td[interval]:");
  if (typeof options === "number") return options;
  const seconds = Number(options.value("n", "interval") ?? 2);
  for (;;) {
    await process.print("\x1b[H\x1b[J");
    if (!options.has("t"))
      await process.print(`Every ${seconds.toFixed(1)}s: ${options.operands.join(" ")}\n\n`);
    await runCommand(process, ["sh", "-c", options.operands.join(" ")]);
    await process.sleep(Math.max(0.1, seconds) * 1000);
  }
}

async function nohup(process: Process): Promise<number> {
  process.handle("SIGHUP", "ignore");
  const argv = process.argv.slice(1);
  if (argv.length === 0) return complaint(process, "missing operand", 125);
  return runCommand(process, argv);
}

export const running: Applets = { xargs, timeout, time, watch, nohup, nice: nohup, setsid: nohup };
