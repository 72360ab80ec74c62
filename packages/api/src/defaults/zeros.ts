// Members that Kubernetes always shows: counts that begin at zero, and lists that are null while empty.

type Counts<T> = { [K in keyof T]: NonNullable<T[K]> extends number ? K : never }[keyof T];

/** Changes `object` in place. */
export function showZeros<T extends object>(object: T, members: readonly Counts<T>[]): void {
  const counts = object as { [member in keyof T]?: unknown };
  for (const member of members) counts[member] ??= 0;
}

/** Stands for a list that is shown though there is nothing in it. */
export const emptyList = null as never;
