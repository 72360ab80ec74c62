// Plain JSON with member names that come from users: `__proto__` is one like any other.

/** Sets an own member even where the name is `__proto__`. */
export function setMember(object: object, name: string, value: unknown): void {
  if (name !== "__proto__") (object as { [name: string]: unknown })[name] = value;
  else {
    const property = { value, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(object, name, property);
  }
}

/** Members that are undefined count as absent; the order of members does not matter. */
export function equalJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === null || other === null) return false;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (Array.isArray(one) || Array.isArray(other)) return equalLists(one, other);
  return equalMembers(one, other);
}

function equalLists(one: object, other: object): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, at) => equalJson(item, other[at]));
}

function equalMembers(one: object, other: object): boolean {
  let present = 0;
  for (const [name, member] of Object.entries(one)) {
    if (member === undefined) continue;
    present++;
    if (!Object.hasOwn(other, name)) return false;
    if (!equalJson(member, (other as { [name: string]: unknown })[name])) return false;
  }
  return present === Object.values(other).filter((member) => member !== undefined).length;
}
