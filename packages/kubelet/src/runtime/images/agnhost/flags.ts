// Flags as Go programs read them: `--name=value`, `--name value`, `-name value`.

/** @returns the last value of a flag; an empty text for one without a value */
export function flag(argv: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (const [index, arg] of argv.entries()) {
    const [, own, value] = /^--?([\w-]+)(?:=([^]*))?$/.exec(arg) ?? [];
    if (own !== name) continue;
    const next = argv[index + 1];
    found = value ?? (next === undefined || next.startsWith("-") ? "" : next);
  }
  return found;
}

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `1m30s` in milliseconds; undefined for what is no duration. */
export function durationMs(text: string | undefined): number | undefined {
  if (!text || !/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, number, unit = "s"] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    sum += Number(number) * UNITS[unit]!;
  }
  return sum;
}
