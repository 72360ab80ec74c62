// nginx's command line.

import type { Directive } from "./configuration.ts";

export interface NginxOptions {
  readonly file: string;
  readonly action: "version" | "test" | "signal" | "invalid" | undefined;
  readonly signal: string;
  readonly invalid: string;
  /** Directives given with -g. */
  readonly globals: readonly Directive[];
}

/** The last command line read: containers of one image share the result. */
let last: { key: string; options: NginxOptions } | undefined;

export function readOptions(argv: readonly string[]): NginxOptions {
  const key = argv.join("\0");
  if (last?.key !== key) last = { key, options: parse(argv) };
  return last.options;
}

function parse(argv: readonly string[]): NginxOptions {
  let file = "/etc/nginx/nginx.conf";
  let action: NginxOptions["action"];
  let signal = "";
  let invalid = "";
  let globals: Directive[] = [];
  for (let at = 1; at < argv.length; at++) {
    const option = argv[at]!;
    if (option === "-c") file = argv[++at] ?? file;
    else if (option === "-g") globals = parseGlobals(argv[++at] ?? "");
    else if (option === "-t" || option === "-T") action = "test";
    else if (option === "-v" || option === "-V") action = "version";
    else if (option === "-s") [action, signal] = ["signal", argv[++at] ?? ""];
    else if (option === "-p" || option === "-e") at++;
    else if (option !== "-q") [action, invalid] = ["invalid", option];
  }
  return { file, action, signal, invalid, globals };
}

function parseGlobals(text: string): Directive[] {
  return text
    .split(";")
    .map((part) => part.trim().split(/\s+/))
    .filter(([name]) => name)
    .map(([name, ...args]) => ({ name: name!, args, block: undefined }));
}
