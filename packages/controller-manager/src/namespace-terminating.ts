// A create that was refused because its namespace is going: no retry can help.

import { StatusError } from "@kubonsai/api";

export function isNamespaceTerminating(error: unknown): boolean {
  if (!(error instanceof StatusError)) return false;
  const causes = error.status.details?.causes ?? [];
  return causes.some(({ reason }) => reason === "NamespaceTerminating");
}
