// Paths in volumes, which may not lead out of them.

import { invalid, type FieldError } from "../errors/field-error.ts";

export const noBacksteps = (field: string, path: string): FieldError[] =>
  path.split("/").includes("..") ? [invalid(field, path, "must not contain '..'")] : [];

/** Relative, and downwards only. */
export const descendingPath = (field: string, path: string): FieldError[] => [
  ...(path.startsWith("/") ? [invalid(field, path, "must be a relative path")] : []),
  ...noBacksteps(field, path),
];

/** Nor may it begin with two dots, which the kubelet's own files do. */
export const nonReservedPath = (field: string, path: string): FieldError[] => [
  ...descendingPath(field, path),
  ...(path.startsWith("..") && !path.startsWith("../")
    ? [invalid(field, path, "must not start with '..'")]
    : []),
];

export const fileMode = (field: string, mode: number | undefined): FieldError[] =>
  mode !== undefined && (mode > 0o777 || mode < 0)
    ? [invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive")]
    : [];
