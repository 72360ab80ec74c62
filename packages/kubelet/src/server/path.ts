// Paths with parameters: `/exec/:namespace/:pod/:container`

export interface Route<T> {
  path: string;
  handler: T;
}

/** @returns the parameters in the order of the path */
export function matchRoute<T>(
  routes: readonly Route<T>[],
  path: string,
): { handler: T; parameters: string[] } | undefined {
  const parts = path.split("/");
  for (const { path: pattern, handler } of routes) {
    const wanted = pattern.split("/");
    if (wanted.length !== parts.length) continue;
    const fits = wanted.every((part, i) => part.startsWith(":") || part === parts[i]);
    if (!fits) continue;
    const values = parts.filter((_, i) => wanted[i]!.startsWith(":"));
    return { handler, parameters: values.map(decode) };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray `%` names nothing that exists
  }
}
