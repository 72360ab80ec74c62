// One step of the way to a field, as managedFields writes it:
//
//   f:replicas                                  a member, or a map's key
//   k:{"containerPort":80,"protocol":"TCP"}     an element of a list, by its keys
//   v:"kubernetes.io/pvc-protection"            an element of a set
//   i:0                                         an element by its index (never written by Kubernetes)
//
// Steps are kept in this form throughout: equal steps are equal strings.
// @see sigs.k8s.io/structured-merge-diff fieldpath/serialize-pe.go

import { isMembers, ownMember } from "../schema/json-value.ts";

export const memberStep = (name: string): string => `f:${name}`;

export const valueStep = (value: unknown): string => `v:${JSON.stringify(value)}`;

export const keyStep = (keys: readonly (readonly [name: string, value: unknown])[]): string => {
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  const members = sorted.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `k:{${members.join(",")}}`;
};

/** The name of a member step; undefined for steps into lists. */
export const memberOf = (step: string): string | undefined =>
  step.startsWith("f:") ? step.slice(2) : undefined;

/** A step read from JSON in our own form; undefined when its type is unknown. @throws Error */
export function parseStep(text: string): string | undefined {
  if (text.length < 2) throw new Error("key must be 2 characters long");
  if (text[1] !== ":") throw new Error(`missing colon: ${text}`);
  switch (text[0]) {
    case "f":
      return text;
    case "v":
      return valueStep(JSON.parse(text.slice(2)));
    case "k": {
      const keys: unknown = JSON.parse(text.slice(2));
      if (!isMembers(keys)) throw new Error(`not an object: ${text}`);
      return keyStep(Object.keys(keys).map((name) => [name, ownMember(keys, name)] as const));
    }
    case "i":
      return `i:${Number.parseInt(text.slice(2), 10)}`;
    default:
      return undefined;
  }
}

/** As messages show it: `.spec`, `[name="nginx"]`, `[="a"]`, `[0]` */
export function showStep(step: string): string {
  const rest = step.slice(2);
  switch (step[0]) {
    case "k": {
      const keys = JSON.parse(rest) as { [name: string]: unknown };
      const shown = Object.keys(keys).map((name) => `${name}=${JSON.stringify(keys[name])}`);
      return `[${shown.join(",")}]`;
    }
    case "v":
      return `[=${rest}]`;
    case "i":
      return `[${rest}]`;
    default:
      return `.${rest}`;
  }
}

export const showPath = (path: readonly string[]): string => path.map(showStep).join("");

const rank = (step: string) => "fkvi".indexOf(step[0]!);

/** Members first, then list elements by key, then by value. */
export const compareSteps = (a: string, b: string): number =>
  rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
