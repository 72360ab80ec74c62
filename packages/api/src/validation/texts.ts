// The wording that the rules for names and numbers share.
// @see kubernetes apimachinery/pkg/util/validation/validation.go

export const maxCharacters = (limit: number) => `must be no more than ${limit} characters`;

export const maxBytes = (limit: number) => `must be no more than ${limit} bytes`;

export const inclusiveRange = (low: number, high: number) =>
  `must be between ${low} and ${high}, inclusive`;

export const nonEmpty = "must be non-empty";

export const isNegative = "must be greater than or equal to 0";

export const isNotPositive = "must be greater than 0";

export const fieldImmutable = "field is immutable";

/** @param pattern the expression as Kubernetes shows it, without anchors */
export function notMatching(rule: string, pattern: string, ...examples: string[]): string {
  const used = `regex used for validation is '${pattern}'`;
  if (examples.length === 0) return `${rule} (${used})`;
  return `${rule} (e.g. ${examples.map((one) => `'${one}', `).join(" or ")}${used})`;
}
