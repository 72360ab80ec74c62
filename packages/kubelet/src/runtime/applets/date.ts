// date: the cluster's clock, in the zone of TZ or /etc/localtime.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { parseOptions } from "./options.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
]; // prettier-ignore

interface Zone {
  name: string;
  offsetMinutes: number;
}

export const date: Applets = {
  date: async (process) => {
    const options = await parseOptions(
      process,
      "uRd:s:r:I[utc][date]:[rfc-email][iso-8601]:[reference]:[rfc-3339]:",
    );
    if (typeof options === "number") return options;
    const given = options.value("d", "date");
    const reference = options.value("r", "reference");
    const now = process.world.clock.now();
    const ms =
      given !== undefined
        ? parseDate(given, now)
        : reference
          ? process.files.get(reference).meta.modifiedMs
          : now;
    if (ms === undefined) return complaint(process, `invalid date '${given}'`);
    if (options.has("s")) return complaint(process, "can't set date: Operation not permitted");
    const zone = options.has("u", "utc") ? { name: "UTC", offsetMinutes: 0 } : zoneOf(process, ms);
    const [operand] = options.operands;
    if (operand !== undefined && !operand.startsWith("+"))
      return complaint(process, `invalid date '${operand}'`);
    let format = operand?.slice(1) ?? "%a %b %e %H:%M:%S %Z %Y";
    if (options.has("R", "rfc-email")) format = "%a, %d %b %Y %H:%M:%S %z";
    if (options.has("I", "iso-8601"))
      format = options.value("iso-8601") === "seconds" ? "%Y-%m-%dT%H:%M:%S%:z" : "%Y-%m-%d";
    await process.print(`${formatDate(format, ms, zone)}\n`);
    return 0;
  },
};

function parseDate(text: string, nowMs: number): number | undefined {
  if (text === "now" || text === "") return nowMs;
  if (/^@-?\d+(?:\.\d+)?$/.test(text)) return Number(text.slice(1)) * 1000;
  const relative = /^([-+]?\d+)\s*(second|sec|minute|min|hour|day|week)s?(\s+ago)?$/.exec(text);
  if (relative) {
    const units: { readonly [unit: string]: number } = {
      second: 1,
      sec: 1,
      minute: 60,
      min: 60,
      hour: 3600,
      day: 86400,
      week: 604800,
    };
    return nowMs + Number(relative[1]) * units[relative[2]!]! * 1000 * (relative[3] ? -1 : 1);
  }
  if (text === "yesterday") return nowMs - 86_400_000;
  if (text === "tomorrow") return nowMs + 86_400_000;
  const hasZone = /(?:Z|UTC|GMT|[-+]\d\d:?\d\d)$/.test(text);
  const ms = Date.parse(
    hasZone ? text : `${text.trim().replace(" ", "T")}${/\d:\d/.test(text) ? "Z" : ""}`,
  );
  return Number.isNaN(ms) ? undefined : ms;
}

/** TZ as a name or in POSIX form (`CST-8`), else the last line of /etc/localtime. */
function zoneOf(process: Process, ms: number): Zone {
  const given = process.env.get("TZ");
  const local = process.files.find("/etc/localtime");
  const footer =
    local?.kind === "file"
      ? Buffer.from(local.read()).toString("latin1").trimEnd().split("\n").at(-1)
      : undefined;
  const text = given ?? footer ?? "UTC0";
  const posix = /^<?([A-Za-z+-]\w+)>?([-+]?\d{1,2})(?::(\d\d))?/.exec(text);
  if (posix) {
    const hours = Number(posix[2]);
    const minutes = Math.abs(hours) * 60 + Number(posix[3] ?? 0);
    return { name: posix[1]!, offsetMinutes: hours > 0 ? -minutes : minutes };
  }
  return namedZone(text.replace(/^:/, ""), ms);
}

function namedZone(name: string, ms: number): Zone {
  try {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      timeZoneName: "longOffset",
    }).formatToParts(ms);
    const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    const [, sign = "+", hours = "0", minutes = "0"] = /GMT([-+])(\d\d):(\d\d)/.exec(offset) ?? [];
    const short = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      timeZoneName: "short",
    }).formatToParts(ms);
    const shown = short.find(({ type }) => type === "timeZoneName")?.value ?? name;
    const total = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
    return {
      name: /^[A-Z]{2,5}$/.test(shown) ? shown : CHINESE.has(name) ? "CST" : `${sign}${hours}`,
      offsetMinutes: total,
    };
  } catch (error) {
    if (error instanceof RangeError) return { name: "UTC", offsetMinutes: 0 };
    throw error;
  }
}

const CHINESE: ReadonlySet<string> = new Set(["Asia/Shanghai", "Asia/Chongqing", "PRC"]);

/** strftime(3). */
export function formatDate(format: string, ms: number, { name, offsetMinutes }: Zone): string {
  const local = new Date(ms + offsetMinutes * 60_000);
  const two = (number: number) => String(number).padStart(2, "0");
  const sign = offsetMinutes < 0 ? "-" : "+";
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const hour12 = local.getUTCHours() % 12 || 12;
  const startOfYear = Date.UTC(local.getUTCFullYear(), 0, 1);
  const values: { readonly [letter: string]: () => string } = {
    a: () => DAYS[local.getUTCDay()]!.slice(0, 3),
    A: () => DAYS[local.getUTCDay()]!,
    b: () => MONTHS[local.getUTCMonth()]!.slice(0, 3),
    B: () => MONTHS[local.getUTCMonth()]!,
    h: () => MONTHS[local.getUTCMonth()]!.slice(0, 3),
    C: () => two(Math.floor(local.getUTCFullYear() / 100)),
    d: () => two(local.getUTCDate()),
    e: () => String(local.getUTCDate()).padStart(2),
    H: () => two(local.getUTCHours()),
    I: () => two(hour12),
    j: () => String(Math.floor((local.getTime() - startOfYear) / 86_400_000) + 1).padStart(3, "0"),
    k: () => String(local.getUTCHours()).padStart(2),
    m: () => two(local.getUTCMonth() + 1),
    M: () => two(local.getUTCMinutes()),
    n: () => "\n",
    N: () => `${String(local.getUTCMilliseconds()).padStart(3, "0")}000000`,
    p: () => (local.getUTCHours() < 12 ? "AM" : "PM"),
    s: () => String(Math.floor(ms / 1000)),
    S: () => two(local.getUTCSeconds()),
    t: () => "\t",
    u: () => String(local.getUTCDay() || 7),
    w: () => String(local.getUTCDay()),
    y: () => two(local.getUTCFullYear() % 100),
    Y: () => String(local.getUTCFullYear()),
    z: () => `${sign}${two(hours)}${two(minutes)}`,
    ":z": () => `${sign}${two(hours)}:${two(minutes)}`,
    Z: () => name,
    "%": () => "%",
  };
  const short = format
    .replaceAll("%D", "%m/%d/%y")
    .replaceAll("%F", "%Y-%m-%d")
    .replaceAll("%T", "%H:%M:%S")
    .replaceAll("%R", "%H:%M")
    .replaceAll("%c", "%a %b %e %H:%M:%S %Y")
    .replaceAll("%r", "%I:%M:%S %p");
  return short.replace(/%[-_0]?(:z|[a-zA-Z%])/g, (whole, letter: string) => {
    const value = Object.hasOwn(values, letter) ? values[letter]!() : whole;
    return whole.startsWith("%-") ? value.replace(/^[0 ]+(?=.)/, "") : value;
  });
}
