// Resource quantities: `500m`, `1Gi`, `1e3`. Exact down to 10⁻⁹, below which Kubernetes rounds up.
// @see kubernetes apimachinery/pkg/api/resource/quantity.go

/** How a quantity is written: `1k`, `1Ki` or `1e3`. */
export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

export interface Quantity {
  /** The value in units of 10⁻⁹: `500m` is 500000000n. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const billion = 10n ** 9n;
const largest = (2n ** 63n - 1n) * billion;
const decimalSuffixes = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);
const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const wrongFormat =
  "quantities must match the regular expression " +
  "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const wrongSuffix = "unable to parse quantity's suffix";

/** @throws Error with Kubernetes' text when `text` is no quantity */
export function parseQuantity(text: string | number): Quantity {
  const written = String(text);
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(written);
  if (match === null || written.length > 64) throw new Error(wrongFormat);
  const [, sign, whole = "", fraction = "", suffix = ""] = match;
  if (whole === "" && fraction === "") throw new Error(wrongFormat);
  const { factor, divisor, format } = suffixValue(suffix);
  const numerator = BigInt(whole + fraction) * factor * billion;
  const nanos = least(divideUp(numerator, divisor * 10n ** BigInt(fraction.length)), largest);
  return { nanos: sign === "-" ? -nanos : nanos, format };
}

/** Undefined instead of an error. */
export function tryParseQuantity(text: unknown): Quantity | undefined {
  if (typeof text !== "string" && typeof text !== "number") return undefined;
  try {
    return parseQuantity(text);
  } catch {
    // Validation reports what is wrong; callers of this function only need to know that it is.
    return undefined;
  }
}

/** The canonical form: `1024Mi` → `1Gi`, `0.5` → `500m`, `1000m` → `1`. */
export function formatQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return "0";
  const isSmall = nanos < 1024n * billion && nanos > -1024n * billion;
  if (format === "BinarySI" && !isSmall && nanos % billion === 0n) {
    return formatBinary(nanos / billion);
  }
  return formatDecimal(nanos, format === "DecimalExponent");
}

/** @throws Error when `text` is no quantity */
export const canonicalQuantity = (text: string | number): string =>
  formatQuantity(parseQuantity(text));

export const zeroQuantity: Quantity = { nanos: 0n, format: "DecimalSI" };

export const compareQuantities = (a: Quantity, b: Quantity): -1 | 0 | 1 =>
  a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;

export const addQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nanos: a.nanos + b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

export const subtractQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nanos: a.nanos - b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

/** Rounded up, as cpu requests are: `100m` → 100, `0.5` → 500. */
export const milliValue = ({ nanos }: Quantity): number => Number(ceiling(nanos, 10n ** 6n));

/** Rounded up: bytes, counts. */
export const wholeValue = ({ nanos }: Quantity): number => Number(ceiling(nanos, billion));

/** cpu as millis; 0 for an absent quantity. */
export const cpuMillis = (text: string | undefined): number =>
  text === undefined ? 0 : milliValue(parseQuantity(text));

/** memory or storage as bytes; 0 for an absent quantity. */
export const quantityBytes = (text: string | undefined): number =>
  text === undefined ? 0 : wholeValue(parseQuantity(text));

interface SuffixValue {
  factor: bigint;
  divisor: bigint;
  format: QuantityFormat;
}

function suffixValue(suffix: string): SuffixValue {
  const power = decimalSuffixes.get(suffix);
  if (power !== undefined) return powerOfTen(power, "DecimalSI");
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { factor: 1024n ** BigInt(binary), divisor: 1n, format: "BinarySI" };
  const exponent = /^[eE]([-+]?\d{1,3})$/.exec(suffix);
  if (exponent === null) throw new Error(wrongSuffix);
  return powerOfTen(Number(exponent[1]), "DecimalExponent");
}

const powerOfTen = (power: number, format: QuantityFormat): SuffixValue =>
  power >= 0
    ? { factor: 10n ** BigInt(power), divisor: 1n, format }
    : { factor: 1n, divisor: 10n ** BigInt(-power), format };

const divideUp = (a: bigint, b: bigint) => (a + b - 1n) / b;

/** Towards +∞, also below zero. */
const ceiling = (a: bigint, b: bigint) => (a >= 0n ? divideUp(a, b) : a / b);

const least = (a: bigint, b: bigint) => (a < b ? a : b);

function formatBinary(value: bigint): string {
  let power = 0;
  while (value % 1024n === 0n && power < binarySuffixes.length - 1) {
    value /= 1024n;
    power += 1;
  }
  return `${value}${binarySuffixes[power]}`;
}

function formatDecimal(nanos: bigint, isExponent: boolean): string {
  let [value, power] = [nanos, -9];
  while (value % 1000n === 0n && power < 18) {
    value /= 1000n;
    power += 3;
  }
  if (isExponent) return power === 0 ? `${value}` : `${value}e${power}`;
  const suffix = [...decimalSuffixes].find(([, one]) => one === power)![0];
  return `${value}${suffix}`;
}
