// phpinfo(): a page about the interpreter and the request.

import type { PhpWorld } from "./script.ts";

export function informationPage(world: Omit<PhpWorld, "information">, api: string): string {
  const rows: (readonly [string, string])[] = [
    ["System", `Linux ${world.hostname} 6.8.0-kubonsai x86_64`],
    ["Server API", api],
    ["Configuration File (php.ini) Path", "/usr/local/etc/php"],
    ["Thread Safety", "disabled"],
  ];
  const request = [...world.server].map(([name, value]) => [`$_SERVER['${name}']`, value] as const);
  if (!world.server.has("REQUEST_METHOD")) return plain(world.version, [...rows, ...request]);
  return (
    `<!DOCTYPE html>\n<html><head><title>PHP ${world.version} - phpinfo()</title></head>\n` +
    `<body><h1 class="p">PHP Version ${world.version}</h1>\n<table>\n${table(rows)}</table>\n` +
    `<h2>PHP Variables</h2>\n<table>\n${table(request)}</table>\n</body></html>\n`
  );
}

function plain(version: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `${name} => ${value}\n`);
  return `phpinfo()\nPHP Version => ${version}\n\n${lines.join("")}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const safe = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return rows
    .map(([name, value]) => `<tr><td>${safe(name)}</td><td>${safe(value)}</td></tr>\n`)
    .join("");
}
