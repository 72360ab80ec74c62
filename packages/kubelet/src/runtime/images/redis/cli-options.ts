// What redis-cli reads from its command line.

import type { Process } from "../../process/process.ts";

export interface CliOptions {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: number;
  repeat: number;
  intervalMs: number;
  /** Absent: as standard output is a terminal or not. */
  format: "raw" | "pretty" | undefined;
  /** `-e`: errors as replies make it exit with 1. */
  failsOnError: boolean;
  isVersion: boolean;
  /** The password stands on the command line. */
  isWarning: boolean;
  /** One byte per character. */
  command: string[];
}

type Setter = (options: CliOptions, value: string) => void;

const WITH_VALUE: { readonly [name: string]: Setter } = {
  "-h": (options, value) => (options.host = value),
  "-p": (options, value) => (options.port = Number(value)),
  "-n": (options, value) => (options.database = Number(value)),
  "-r": (options, value) => (options.repeat = Number(value) < 0 ? Infinity : Number(value)),
  "-i": (options, value) => (options.intervalMs = Number(value) * 1000),
  "-t": () => {},
  "-a": withPassword,
  "--pass": withPassword,
  "--user": (options, value) => (options.user = value),
  "-u": withUri,
};

const WITHOUT_VALUE: { readonly [name: string]: Setter } = {
  "--raw": (options) => (options.format = "raw"),
  "--no-raw": (options) => (options.format = "pretty"),
  "--no-auth-warning": (options) => (options.isWarning = false),
  "-e": (options) => (options.failsOnError = true),
  "-v": (options) => (options.isVersion = true),
  "--version": (options) => (options.isVersion = true),
  "-2": () => {},
};

/** Options end at the first word that is none. */
export function readCliOptions(process: Process): CliOptions | { unknown: string } {
  const options: CliOptions = {
    host: "127.0.0.1",
    port: 6379,
    user: undefined,
    password: process.env.get("REDISCLI_AUTH"),
    database: 0,
    repeat: 1,
    intervalMs: 0,
    format: undefined,
    failsOnError: false,
    isVersion: false,
    isWarning: false,
    command: [],
  };
  const rest = process.argv.slice(1);
  while (rest[0]?.startsWith("-")) {
    const name = rest.shift()!;
    const setter = own(WITHOUT_VALUE, name) ?? own(WITH_VALUE, name);
    const takesValue = !own(WITHOUT_VALUE, name);
    const value = takesValue ? rest.shift() : "";
    if (!setter || value === undefined) return { unknown: name };
    setter(options, value);
  }
  if (rest.length > 0 && process.argv.includes("--no-auth-warning")) options.isWarning = false;
  options.command = rest.map((word) => Buffer.from(word).toString("latin1"));
  return options;
}

function withPassword(options: CliOptions, value: string): void {
  options.password = value;
  options.isWarning = true;
}

/** `redis://user:password@host:port/database` */
function withUri(options: CliOptions, value: string): void {
  const match = /^rediss?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/]*)(?::(\d+))?(?:\/(\d+))?/.exec(
    value,
  );
  if (!match) return;
  const [, user, password, host, port, database] = match;
  if (password !== undefined) withPassword(options, decodeURIComponent(password));
  if (user) options.user = user;
  if (host) options.host = host;
  if (port) options.port = Number(port);
  if (database) options.database = Number(database);
}

function own(table: { readonly [name: string]: Setter }, name: string): Setter | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
