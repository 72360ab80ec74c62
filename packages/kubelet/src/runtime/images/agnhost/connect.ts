// agnhost connect HOST:PORT: whether a connection can be made, and if not, why.

import { isIP } from "node:net";
import { resolveHost } from "../../applets/resolve-host.ts";
import { connect } from "../../network/dial.ts";
import { DialError } from "../../network/network.ts";
import type { Process } from "../../process/process.ts";
import { durationMs, flag } from "./flags.ts";

const REASONS: { readonly [reason in DialError["reason"]]: string } = {
  refused: "REFUSED",
  timeout: "TIMEOUT",
  "no-route": "TIMEOUT",
  lookup: "DNS",
};

export async function connectTo(process: Process): Promise<number> {
  const { network } = process.world;
  const target = process.argv.find((arg) => /^[^-].*:\d+$/.test(arg)) ?? "";
  const [, host = "", port] = /^\[?(.*?)\]?:(\d+)$/.exec(target) ?? [];
  const ip = isIP(host) ? host : resolveHost(process, host)?.[0];
  const timeoutMs = durationMs(flag(process.argv, "timeout")) ?? 2 ** 31;
  try {
    if (ip === undefined) throw new DialError(`lookup ${host}: no such host`, "lookup");
    const dialer = { fabric: network.fabric, from: network };
    const { incoming, outgoing } = await process.until(
      connect(dialer, { ip, port: Number(port) }, timeoutMs),
    );
    outgoing.endWriting();
    incoming.endReading();
    return 0;
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    await process.complain(`${REASONS[error.reason]}\n`);
    return 1;
  }
}
