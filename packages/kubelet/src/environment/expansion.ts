// `$(VAR)` in commands, arguments and values: known names are replaced, the rest stays; `$$` is `$`.
// @see kubernetes third_party/forked/golang/expansion

/** @param lookup undefined when the name is not known */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (match, name: string | undefined) => {
    if (name === undefined) return "$";
    return lookup(name) ?? match;
  });
}
