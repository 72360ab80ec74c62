// What server-side apply refuses, in the server's words.
// @see kubernetes apimachinery/pkg/util/managedfields/internal/conflict.go

import { StatusError } from "../errors/status-error.ts";
import { pathsOf } from "./field-set.ts";
import type { Owner } from "./managed-fields.ts";
import { showPath } from "./path-element.ts";
import type { Conflict } from "./update-managers.ts";

/** 409 Conflict; a cause for each field. */
export function applyConflict(conflicts: readonly Conflict[]): StatusError {
  const fields = conflicts.flatMap(({ managed, fields: set }) =>
    [...pathsOf(set)].map((path) => ({ owner: describe(managed.owner), field: showPath(path) })),
  );
  const causes = fields.map(({ owner, field }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${owner}`,
    field,
  }));
  return new StatusError(409, "Conflict", conflictMessage(fields), { causes });
}

function conflictMessage(fields: readonly { owner: string; field: string }[]): string {
  if (fields.length === 1) {
    const { owner, field } = fields[0]!;
    return `Apply failed with 1 conflict: conflict with ${owner}: ${field}`;
  }
  const lines = [...new Set(fields.map(({ owner }) => owner))].flatMap((owner) => [
    `conflicts with ${owner}:`,
    ...fields.filter((one) => one.owner === owner).map(({ field }) => `- ${field}`),
  ]);
  return `Apply failed with ${fields.length} conflicts: ${lines.join("\n")}`;
}

/** `"kubectl" using apps/v1`; appliers are named alone. */
function describe({ manager, subresource, operation, apiVersion }: Owner): string {
  const name = JSON.stringify(manager);
  const named =
    subresource === "" ? name : `${name} with subresource ${JSON.stringify(subresource)}`;
  return operation === "Update" ? `${named} using ${apiVersion}` : named;
}

/** The server answers what it cannot type with a bare 500. */
export const untypable = (what: string, problems: readonly string[]): StatusError => {
  const all =
    problems.length === 1
      ? problems[0]!
      : ["errors:", ...problems.map((one) => `  ${one}`)].join("\n");
  return new StatusError(500, "", `failed to create typed patch object (${what}): ${all}`);
};
