// How messages and events name things, as Go's fmt would print them.

import type { Pod } from "@kubonsai/api";

/** `web-1_default(6c8b…)` */
export function describePod({ metadata }: Pick<Pod, "metadata">): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
}

/** `"nginx:1.25"`, with Go's escapes where they are also JSON's. */
export const quoted = (text: string) => JSON.stringify(text);

/** Go's print of a string slice: `[a b]` */
export const sliceText = (items: readonly string[]) => `[${items.join(" ")}]`;

/** An error's message, whatever was thrown. */
export const errorText = (error: unknown) =>
  error instanceof Error ? error.message : String(error);
