// Whether two values mean the same: absent, null and an empty list are alike.
// @see kubernetes apimachinery/pkg/api/equality/semantic.go

export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNothing(a)) return isNothing(b);
  if (isNothing(b) || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) || Array.isArray(b)) return equalLists(a, b);
  return equalObjects(a as Members, b as Members);
}

type Members = { readonly [name: string]: unknown };

const isNothing = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const equalLists = (a: unknown, b: unknown) =>
  Array.isArray(a) &&
  Array.isArray(b) &&
  a.length === b.length &&
  a.every((one, i) => semanticEqual(one, b[i]));

function equalObjects(a: Members, b: Members): boolean {
  for (const name of Object.keys(a)) if (!semanticEqual(a[name], own(b, name))) return false;
  for (const name of Object.keys(b)) {
    if (!Object.hasOwn(a, name) && !isNothing(b[name])) return false;
  }
  return true;
}

const own = (members: Members, name: string) =>
  Object.hasOwn(members, name) ? members[name] : undefined;
