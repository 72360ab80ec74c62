// /healthz, /livez, /readyz: one line per check with `?verbose`, "ok" otherwise.
// @see kubernetes apiserver/pkg/server/healthz/healthz.go

import { sendText } from "../answer/send.ts";
import type { Call } from "../call.ts";

type Check = readonly [name: string, passes: () => boolean | Promise<boolean>];

export const HEALTH_PATHS: ReadonlySet<string> = new Set(["healthz", "livez", "readyz"]);

/** @param path `/readyz`, or one check: `/readyz/etcd` */
export async function serveHealth(call: Call, path: string): Promise<void> {
  const [name = "", only] = path.split("/").slice(1);
  const checks = checksOf(call, name);
  if (only !== undefined) {
    const check = checks.find(([own]) => own === only);
    if (!check) return sendText(call, 404, "404 page not found\n");
    const passed = await check[1]();
    return sendText(call, passed ? 200 : 500, passed ? "ok" : "internal server error: failed\n");
  }
  const excluded = new Set(call.query.getAll("exclude"));
  const lines: string[] = [];
  let healthy = true;
  for (const [own, passes] of checks) {
    if (excluded.has(own)) {
      lines.push(`[+]${own} excluded: ok`);
      continue;
    }
    const passed = await passes();
    healthy &&= passed;
    lines.push(passed ? `[+]${own} ok` : `[-]${own} failed: reason withheld`);
  }
  const all = `${lines.join("\n")}\n${name} check ${healthy ? "passed" : "failed"}\n`;
  if (!healthy) return sendText(call, 500, all);
  return sendText(call, 200, call.query.has("verbose") ? all : "ok");
}

function checksOf({ rooms }: Call, name: string): readonly Check[] {
  const ping: Check = ["ping", () => true];
  const log: Check = ["log", () => true];
  if (name === "livez") return [ping, log];
  const etcd: Check = ["etcd", () => rooms.registry.ready()];
  if (name === "healthz") return [ping, log, etcd];
  return [
    ping,
    log,
    etcd,
    ["informer-sync", () => rooms.registry.ready()],
    ["shutdown", () => !rooms.stopping.aborted],
  ];
}
