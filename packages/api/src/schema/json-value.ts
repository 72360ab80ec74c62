// JSON values as patches handle them: names chosen by users, so that every look-up asks for own members.

export type Members = { [name: string]: unknown };

export const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const ownMember = (object: Members, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Sets a member whatever its name: `object.__proto__ = …` would change the prototype instead. */
export function setMember(object: Members, name: string, value: unknown): void {
  if (name !== "__proto__") {
    object[name] = value;
    return;
  }
  const member = { value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(object, name, member);
}

/** Equal as JSON: the order of members does not count, that of list elements does. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, index) => equalValues(one, b[index]))
    );
  }
  if (!isMembers(a) || !isMembers(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalValues(a[name], b[name]))
  );
}

/** Copies what nobody else may change. */
export function copyValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyValue) as T;
  if (!isMembers(value)) return value;
  const copy: Members = {};
  for (const name of Object.keys(value)) setMember(copy, name, copyValue(value[name]));
  return copy as T;
}

/** As Go prints values in messages: `map[a:1 b:[x y]]` */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (!isMembers(value)) return String(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${name}:${goText(value[name])}`);
  return `map[${members.join(" ")}]`;
}

/** Unlike Kubernetes (10,000 levels): nothing real nests deeper, and our stack must bear it. */
const MAX_DEPTH = 1000;

/** Walks level by level, so that no nesting exhausts the stack. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = typeof value === "object" && value !== null ? [value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = childrenOf(level);
  }
  return false;
}

function childrenOf(level: readonly unknown[]): unknown[] {
  const children: unknown[] = [];
  for (const one of level) {
    for (const child of Object.values(one as object)) {
      if (typeof child === "object" && child !== null) children.push(child);
    }
  }
  return children;
}
