// How names must look. Every rule gives the list of what is wrong, empty when all is well.
// @see kubernetes apimachinery/pkg/util/validation/validation.go

import { inclusiveRange, maxCharacters, notMatching } from "./texts.ts";

const labelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const subdomainPattern = `${labelPattern}(\\.${labelPattern})*`;
const label1035Pattern = "[a-z]([-a-z0-9]*[a-z0-9])?";
const headerPattern = "[-A-Za-z0-9]+";
const percentPattern = "[0-9]+%";
const configKeyPattern = "[-._a-zA-Z0-9]+";
const identifierPattern = "[A-Za-z_][A-Za-z0-9_]*";

const whole = (pattern: string) => new RegExp(`^${pattern}$`);
const labelExpression = whole(labelPattern);
const subdomainExpression = whole(subdomainPattern);
const label1035Expression = whole(label1035Pattern);
const headerExpression = whole(headerPattern);
const percentExpression = whole(percentPattern);
const configKeyExpression = whole(configKeyPattern);

const alphanumericEnds = "and must start and end with an alphanumeric character";

export function dns1123Label(name: string): string[] {
  const errors = name.length > 63 ? [maxCharacters(63)] : [];
  if (labelExpression.test(name)) return errors;
  if (subdomainExpression.test(name)) return [...errors, "must not contain dots"];
  const rule =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
    alphanumericEnds;
  return [...errors, notMatching(rule, labelPattern, "my-name", "123-abc")];
}

export function dns1123Subdomain(name: string): string[] {
  const errors = name.length > 253 ? [maxCharacters(253)] : [];
  if (subdomainExpression.test(name)) return errors;
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
    alphanumericEnds;
  return [...errors, notMatching(rule, subdomainPattern, "example.com")];
}

/** `*.example.com`: any host one level below. */
export function wildcardSubdomain(name: string): string[] {
  const errors = name.length > 253 ? [maxCharacters(253)] : [];
  const pattern = `\\*\\.${subdomainPattern}`;
  if (whole(pattern).test(name)) return errors;
  const rule =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which " +
    "must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric " +
    "character";
  return [...errors, notMatching(rule, pattern, "*.example.com")];
}

export function dns1035Label(name: string): string[] {
  const errors = name.length > 63 ? [maxCharacters(63)] : [];
  if (label1035Expression.test(name)) return errors;
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', " +
    "start with an alphabetic character, and end with an alphanumeric character";
  return [...errors, notMatching(rule, label1035Pattern, "my-name", "abc-123")];
}

/** Segments of a URL path: for kinds without a stricter rule. */
export function pathSegment(name: string): string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].filter((one) => name.includes(one)).map((one) => `may not contain '${one}'`);
}

export function portName(name: string): string[] {
  const errors: string[] = [];
  if (name.length > 15) errors.push(maxCharacters(15));
  if (!/^[-a-z0-9]+$/.test(name)) {
    errors.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  }
  if (!/[a-z]/.test(name)) errors.push("must contain at least one letter (a-z)");
  if (name.includes("--")) errors.push("must not contain consecutive hyphens");
  if (/^-|-$/.test(name)) errors.push("must not begin or end with a hyphen");
  return errors;
}

export const portNumber = (port: number): string[] =>
  port >= 1 && port <= 65535 ? [] : [inclusiveRange(1, 65535)];

export const userId = (id: number): string[] =>
  id >= 0 && id <= 2147483647 ? [] : [inclusiveRange(0, 2147483647)];

export const groupId = userId;

/** Printable ASCII without `=`. */
export function environmentName(name: string): string[] {
  if (name === "") return ["environment variable name must be non-empty"];
  if (/^[ -<>-~]+$/.test(name)) return [];
  return [
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  ];
}

/** A key of a ConfigMap or Secret. */
export function configKey(name: string): string[] {
  const errors = name.length > 253 ? [maxCharacters(253)] : [];
  if (!configKeyExpression.test(name)) {
    const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(notMatching(rule, configKeyPattern, "key.name", "KEY_NAME", "key-name"));
  }
  if (name === ".") errors.push("must not be '.'");
  else if (name === "..") errors.push("must not be '..'");
  else if (name.startsWith("..")) errors.push("must not start with '..'");
  return errors;
}

export function httpHeaderName(name: string): string[] {
  if (headerExpression.test(name)) return [];
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [notMatching(rule, headerPattern, "X-Header-Name")];
}

export function percent(text: string): string[] {
  if (percentExpression.test(text)) return [];
  const rule = "a valid percent string must be a numeric string followed by an ending '%'";
  return [notMatching(rule, percentPattern, "1%", "93%")];
}

export function cIdentifier(name: string): string[] {
  if (whole(identifierPattern).test(name)) return [];
  const rule =
    "a valid C identifier must start with alphabetic character or '_', " +
    "followed by a string of alphanumeric characters or '_'";
  return [notMatching(rule, identifierPattern, "my_name", "MY_NAME", "MyName")];
}

/** What a generated name's prefix is checked as: a trailing dash counts as a letter. */
export const asPrefix = (prefix: string) =>
  prefix.length > 1 && prefix.endsWith("-") ? `${prefix.slice(0, -2)}a` : prefix;
