// Schedules as cron reads them: `*/5 9-17 * * mon-fri`, `@daily`, `@every 1h30m`.
// @see github.com/robfig/cron parser.go ParseStandard

export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  /** January is 1. */
  readonly months: ReadonlySet<number>;
  /** Sunday is 0. */
  readonly daysOfWeek: ReadonlySet<number>;
  /** A day fits when both lists hold it, if either is a `*`; else one of them is enough. */
  readonly isAnyDayOfMonth: boolean;
  readonly isAnyDayOfWeek: boolean;
}

/** `@every`: so long after the last time. */
export interface CronInterval {
  readonly everySeconds: number;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const bounds = {
  minutes: { least: 0, most: 59, names: [] },
  hours: { least: 0, most: 23, names: [] },
  daysOfMonth: { least: 1, most: 31, names: [] },
  months: {
    least: 1,
    most: 12,
    names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" "),
  },
  daysOfWeek: { least: 0, most: 6, names: "sun mon tue wed thu fri sat".split(" ") },
} as const satisfies { [field: string]: Bounds };

const descriptors = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/**
 * A leading `TZ=…` is for the caller to judge and is passed over.
 * @throws Error in cron's own words
 */
export function parseCronSchedule(text: string): CronSchedule | CronInterval {
  if (text === "") throw new Error("empty spec string");
  const schedule = text.replace(/^(CRON_)?TZ=\S*\s*/, "");
  if (schedule.startsWith("@every ")) return { everySeconds: secondsOf(schedule.slice(7)) };
  if (schedule.startsWith("@")) {
    const meant = descriptors.get(schedule);
    if (meant === undefined) throw new Error(`unrecognized descriptor: ${schedule}`);
    return parseFields(meant);
  }
  return parseFields(schedule);
}

function parseFields(text: string): CronSchedule {
  const fields = text.split(/\s+/).filter((field) => field !== "");
  if (fields.length !== 5) {
    throw new Error(`expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`);
  }
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = fields as [string, ...string[]];
  return {
    minutes: parseField(minutes, bounds.minutes),
    hours: parseField(hours!, bounds.hours),
    daysOfMonth: parseField(daysOfMonth!, bounds.daysOfMonth),
    months: parseField(months!, bounds.months),
    daysOfWeek: parseField(daysOfWeek!, bounds.daysOfWeek),
    isAnyDayOfMonth: isAny(daysOfMonth!),
    isAnyDayOfWeek: isAny(daysOfWeek!),
  };
}

const isAny = (field: string) => field.split(",").some((one) => /^[*?](\/0*1)?$/.test(one));

function parseField(text: string, within: Bounds): Set<number> {
  const values = new Set<number>();
  for (const range of text.split(",").filter((one) => one !== "")) {
    const { start, end, step } = parseRange(range, within);
    for (let value = start; value <= end; value += step) values.add(value);
  }
  return values;
}

/** `*`, `5`, `5-10`, `mon-fri`, `5/15`, and steps */
function parseRange(text: string, within: Bounds) {
  const [range = "", stepText, ...moreSteps] = text.split("/");
  const [low = "", high, ...moreLimits] = range.split("-");
  let [start, end, step] = [within.least, within.most, 1];
  if (low !== "*" && low !== "?") {
    start = parseValue(low, within.names);
    end = high === undefined ? start : parseValue(high, within.names);
    if (moreLimits.length > 0) throw new Error(`too many hyphens: ${text}`);
  }
  if (moreSteps.length > 0) throw new Error(`too many slashes: ${text}`);
  if (stepText !== undefined) {
    step = parseNumber(stepText);
    if (high === undefined) end = within.most;
  }
  checkRange(text, { start, end, step }, within);
  return { start, end, step };
}

function checkRange(
  text: string,
  { start, end, step }: { start: number; end: number; step: number },
  { least, most }: Bounds,
): void {
  if (start < least) {
    throw new Error(`beginning of range (${start}) below minimum (${least}): ${text}`);
  }
  if (end > most) throw new Error(`end of range (${end}) above maximum (${most}): ${text}`);
  if (start > end) {
    throw new Error(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  }
  if (step === 0) throw new Error(`step of range should be a positive number: ${text}`);
}

function parseValue(text: string, names: readonly string[]): number {
  const index = names.indexOf(text.toLowerCase());
  // Months count from one and days of the week from zero.
  return index === -1 ? parseNumber(text) : index + (names.length === 12 ? 1 : 0);
}

function parseNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    const why = `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
    throw new Error(`failed to parse int from ${text}: ${why}`);
  }
  const value = Number(text);
  if (value < 0) throw new Error(`negative number (${value}) not allowed: ${text}`);
  return value;
}

const unitSeconds: { readonly [unit: string]: number } = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Whole seconds, one at least. */
function secondsOf(text: string): number {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/.test(text)) {
    const why = `time: invalid duration ${JSON.stringify(text)}`;
    throw new Error(`failed to parse duration @every ${text}: ${why}`);
  }
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) {
    seconds += Number(amount) * unitSeconds[unit!]!;
  }
  return Math.max(1, Math.floor(seconds));
}
