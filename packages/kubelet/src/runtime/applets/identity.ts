// id, whoami, groups, hostname, uname, env, printenv: who and where.

import type { Process } from "../process/process.ts";
import { ErrnoError } from "../file-system/errno.ts";
import { findExecutable } from "../process/executable.ts";
import { accountNames } from "./accounts.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { parseOptions } from "./options.ts";

async function id(process: Process): Promise<number> {
  const options = await parseOptions(process, "ugGnr");
  if (typeof options === "number") return options;
  const accounts = accountNames(process);
  const { uid, gid } = process;
  const groups = [...new Set([gid, ...process.groups])];
  const isNamed = options.has("n");
  const user = (number: number) => (isNamed ? accounts.user(number) : String(number));
  const group = (number: number) => (isNamed ? accounts.group(number) : String(number));
  if (options.has("u")) await process.print(`${user(uid)}\n`);
  else if (options.has("g")) await process.print(`${group(gid)}\n`);
  else if (options.has("G")) await process.print(`${groups.map(group).join(" ")}\n`);
  else {
    const named = (number: number, name: string) =>
      name === String(number) ? name : `${number}(${name})`;
    const all = groups.map((each) => named(each, accounts.group(each))).join(",");
    await process.print(
      `uid=${named(uid, accounts.user(uid))} gid=${named(gid, accounts.group(gid))} groups=${all}\n`,
    );
  }
  return 0;
}

async function whoami(process: Process): Promise<number> {
  const name = accountNames(process).user(process.uid);
  if (name === String(process.uid))
    return complaint(
      process,
      `${process.flavour === "gnu" ? "cannot find name for user ID" : "unknown uid"} ${process.uid}`,
    );
  await process.print(`${name}\n`);
  return 0;
}

async function hostname(process: Process): Promise<number> {
  const { network, hostname: name } = process.world;
  const [, option] = process.argv;
  if (option === "-i" || option === "-I") await process.print(`${network.ip}\n`);
  else if (option !== undefined && !option.startsWith("-"))
    return complaint(process, "sethostname: Operation not permitted");
  else await process.print(`${option === "-s" ? name.split(".")[0] : name}\n`);
  return 0;
}

async function uname(process: Process): Promise<number> {
  const options = await parseOptions(process, "asnrvmpio");
  if (typeof options === "number") return options;
  const values = {
    s: "Linux",
    n: process.world.hostname,
    r: "6.8.0-kubonsai",
    v: "#1 SMP PREEMPT_DYNAMIC",
    m: "x86_64",
    o: process.flavour === "gnu" ? "GNU/Linux" : "Linux",
  };
  const chosen = Object.entries(values).filter(
    ([letter]) =>
      options.has("a") || options.has(letter) || (letter === "m" && options.has("p", "i")),
  );
  const shown = chosen.length > 0 ? chosen : [["s", values.s]];
  await process.print(`${shown.map(([, value]) => value).join(" ")}\n`);
  return 0;
}

async function env(process: Process): Promise<number> {
  const options = await parseOptions(process, "+i0u:S:[ignore-environment][unset]:");
  if (typeof options === "number") return options;
  const isEmpty = options.has("i", "ignore-environment");
  const variables = new Map(isEmpty ? [] : process.env);
  for (const name of options.values("u", "unset")) variables.delete(name);
  const rest = [...options.operands];
  while (/^[^=]+=/.test(rest[0] ?? "")) {
    const [, name = "", value = ""] = /^([^=]+)=([\s\S]*)$/.exec(rest.shift()!)!;
    variables.set(name, value);
  }
  if (rest.length > 0) return runIn(process, rest, variables);
  const lines = [...variables].map(([name, value]) => `${name}=${value}\n`);
  await process.print(lines.join(""));
  return 0;
}

async function runIn(
  process: Process,
  argv: string[],
  variables: Map<string, string>,
): Promise<number> {
  try {
    return process.exec(findExecutable(process, argv[0]!, variables.get("PATH")), argv, variables);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const quote = process.flavour === "gnu" ? "'" : "'";
    return complaint(
      process,
      `${process.flavour === "gnu" ? `${quote}${argv[0]}${quote}` : `can't execute '${argv[0]}'`}: ${error.message}`,
      error.code === "ENOENT" ? 127 : 126,
    );
  }
}

async function printenv(process: Process): Promise<number> {
  const names = process.argv.slice(1);
  if (names.length === 0) return env(process);
  let code = 0;
  for (const name of names) {
    const value = process.env.get(name);
    if (value === undefined) code = 1;
    else await process.print(`${value}\n`);
  }
  return code;
}

async function groups(process: Process): Promise<number> {
  const accounts = accountNames(process);
  await process.print(
    `${[process.gid, ...process.groups].map((gid) => accounts.group(gid)).join(" ")}\n`,
  );
  return 0;
}

export const identity: Applets = { id, whoami, hostname, uname, env, printenv, groups };
