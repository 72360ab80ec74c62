// What a Redis server is set to: defaults, a configuration file, options on its command line.

import type { Process } from "../../process/process.ts";
import { splitLine } from "./resp.ts";

export type Settings = Map<string, string>;

const DEFAULTS: { readonly [name: string]: string } = {
  appendonly: "no",
  bind: "* -::*",
  daemonize: "no",
  databases: "16",
  dbfilename: "dump.rdb",
  dir: ".",
  loglevel: "notice",
  maxclients: "10000",
  maxmemory: "0",
  "maxmemory-policy": "noeviction",
  port: "6379",
  "protected-mode": "no",
  requirepass: "",
  save: "3600 1 300 100 60 10000",
  timeout: "0",
};

const MEMORY_UNITS: { readonly [unit: string]: number } = {
  "": 1, b: 1, k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3,
}; // prettier-ignore

/** `redis-server [FILE] [--NAME VALUE …]…` @throws ErrnoError for a file that cannot be read */
export function readSettings(process: Process): Settings {
  const settings: Settings = new Map(Object.entries(DEFAULTS));
  const args = process.argv.slice(1);
  if (args[0] && !args[0].startsWith("-")) readFile(process, args.shift()!, settings);
  let name = "";
  for (const arg of args) {
    if (arg.startsWith("--") && arg.length > 2) {
      name = arg.slice(2).toLowerCase();
      put(settings, name, []);
    } else {
      const before = settings.get(name);
      put(settings, name, before ? [before, arg] : [arg]);
    }
  }
  return settings;
}

function readFile(process: Process, path: string, settings: Settings): void {
  let hasSave = false;
  for (const line of process.files.readText(path).split("\n")) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [word = "", ...values] = splitLine(line.trim()) ?? [];
    const name = word.toLowerCase();
    const before = name === "save" && hasSave ? [settings.get(name)!] : [];
    hasSave ||= name === "save";
    put(settings, name, [...before, ...values]);
  }
}

function put(settings: Settings, name: string, values: readonly string[]): void {
  const text = values.join(" ");
  settings.set(name, name === "maxmemory" ? memoryBytes(text) : text);
}

function memoryBytes(text: string): string {
  const [, digits = "0", unit = ""] = /^(\d+)([a-z]*)$/i.exec(text) ?? [];
  return String(Number(digits) * (MEMORY_UNITS[unit.toLowerCase()] ?? 1));
}
