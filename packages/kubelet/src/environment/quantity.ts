// Amounts of cpu, memory and storage as numbers.

const UNITS: { [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Thousandths, rounded up: `500m` is 500, `1` is 1000. Malformed text is 0: the API refused it. */
export function quantityMillis(text: string | number): number {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]*)$/.exec(String(text));
  const unit = match && UNITS[match[2]!];
  return unit ? Math.ceil(Number((Number(match[1]) * unit * 1000).toPrecision(15))) : 0;
}

/** Whole units, rounded up: `1Ki` is 1024. */
export const quantityValue = (text: string | number): number =>
  Math.ceil(quantityMillis(text) / 1000);
