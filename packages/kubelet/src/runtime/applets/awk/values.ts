// awk's values: numbers, texts, and input that counts as a number where it looks like one.

/** Text from the input or the command line: compared as a number where it looks like one. */
export class FromInput {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Value = number | string | FromInput | undefined;

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;

export function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  if (value === undefined) return 0;
  return Number(NUMBER.exec(typeof value === "string" ? value : value.text)?.[0] ?? 0);
}

export function textOf(value: Value, format = "%.6g"): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  if (typeof value !== "number") return value.text;
  if (Number.isInteger(value))
    return Math.abs(value) < 1e16 ? String(value) : BigInt(value).toString();
  return formatted(format, [value]);
}

export function isTrue(value: Value): boolean {
  if (value instanceof FromInput)
    return looksNumeric(value.text) ? numberOf(value) !== 0 : value.text !== "";
  return typeof value === "number" ? value !== 0 : value !== undefined && value !== "";
}

export function looksNumeric(text: string): boolean {
  return text.trim() !== "" && new RegExp(`${NUMBER.source}\\s*$`).test(text);
}

export function compare(left: Value, right: Value): number {
  const isNumeric = (value: Value) =>
    typeof value === "number" ||
    value === undefined ||
    (value instanceof FromInput && looksNumeric(value.text));
  if (isNumeric(left) && isNumeric(right)) return numberOf(left) - numberOf(right);
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** sprintf(3). */
export function formatted(format: string, args: readonly Value[]): string {
  let at = 0;
  return format.replace(
    /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([diouxXcsfFeEgG]))/g,
    (whole, flags = "", width?: string, precision?: string, letter = "") => {
      if (whole === "%%") return "%";
      const size = width === "*" ? numberOf(args[at++]) : Number(width ?? 0);
      const digits =
        precision === "*"
          ? numberOf(args[at++])
          : precision === undefined
            ? undefined
            : Number(precision);
      const text = converted(letter as string, args[at++], digits, flags as string);
      const flagText = flags as string;
      if (flagText.includes("-")) return text.padEnd(size);
      if (!flagText.includes("0") || "cs".includes(letter as string)) return text.padStart(size);
      const sign = /^[-+]/.exec(text)?.[0] ?? "";
      return sign + text.slice(sign.length).padStart(size - sign.length, "0");
    },
  );
}

function converted(
  letter: string,
  value: Value,
  digits: number | undefined,
  flags: string,
): string {
  if (letter === "s") return digits === undefined ? textOf(value) : textOf(value).slice(0, digits);
  if (letter === "c")
    return typeof value === "number" ? String.fromCodePoint(value) : textOf(value).charAt(0);
  const number = numberOf(value);
  const sign =
    number >= 0 && flags.includes("+") ? "+" : number >= 0 && flags.includes(" ") ? " " : "";
  switch (letter) {
    case "d":
    case "i":
    case "u":
      return sign + String(Math.trunc(number)).padStart(digits ?? 0, "0");
    case "o":
      return Math.trunc(number).toString(8);
    case "x":
      return Math.trunc(number).toString(16);
    case "X":
      return Math.trunc(number).toString(16).toUpperCase();
    case "f":
    case "F":
      return sign + number.toFixed(digits ?? 6);
    case "e":
    case "E":
      return sign + number.toExponential(digits ?? 6).replace(/e([-+])(\d)$/, "e$10$2");
    default:
      return sign + general(number, digits ?? 6);
  }
}

/** %g: the shorter of the two forms, without trailing zeros. */
function general(number: number, digits: number): string {
  const precision = Math.max(1, digits);
  const exponent = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)));
  if (exponent >= -4 && exponent < precision) return String(Number(number.toPrecision(precision)));
  return number
    .toExponential(precision - 1)
    .replace(/\.?0+e/, "e")
    .replace(/e([-+])(\d)$/, "e$10$2");
}
