// A line of a Redis server's log: `1:M 01 Jun 2026 08:00:00.000 * Ready to accept connections`.

import type { Process } from "../../process/process.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @param role `C` before the server is up, `M` for a server that is its own master */
export function logLine(process: Process, role: "C" | "M", text: string): string {
  const iso = new Date(process.now()).toISOString();
  const day = `${iso.slice(8, 10)} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
  return `${process.pid}:${role} ${day} ${iso.slice(11, 23)} ${text}\n`;
}
