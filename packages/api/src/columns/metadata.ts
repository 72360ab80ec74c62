// The columns that every table has: NAME and AGE.

import { age } from "../duration/age.ts";
import type { Column, KubernetesObject } from "../kind.ts";

export const nameColumn: Column<KubernetesObject> = {
  name: "Name",
  type: "string",
  format: "name",
  description: "The object's name, unique among its kind within a namespace",
  priority: 0,
  cell: ({ metadata }) => metadata.name ?? "",
};

export const ageColumn: Column<KubernetesObject> = {
  name: "Age",
  type: "string",
  description: "How long ago the object was created",
  priority: 0,
  cell: ({ metadata }, nowMs) => age(metadata.creationTimestamp, nowMs),
};

/** Kinds without a table of their own show when they were made. */
export const createdColumns: readonly Column<KubernetesObject>[] = [
  nameColumn,
  {
    name: "Created At",
    type: "date",
    description: "When the object was created",
    priority: 0,
    cell: ({ metadata }) => metadata.creationTimestamp ?? "",
  },
];
