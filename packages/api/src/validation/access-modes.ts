// How volumes may be mounted, as volumes and claims say it.

import { forbidden, notSupported, required, type FieldError } from "../errors/field-error.ts";

const supported = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

export function validateAccessModes(
  field: string,
  modes: readonly string[] | undefined,
  whenMissing = "",
): FieldError[] {
  if (!modes || modes.length === 0) return [required(field, whenMissing)];
  const known = modes.filter((mode) => supported.includes(mode));
  const errors = modes
    .filter((mode) => !supported.includes(mode))
    .map((mode) => notSupported(field, mode, supported));
  const isMixed = known.includes("ReadWriteOncePod") && new Set(known).size > 1;
  if (!isMixed) return errors;
  return [...errors, forbidden(field, "may not use ReadWriteOncePod with other access modes")];
}
