// A short way to write table columns.

import type { Column, KubernetesObject } from "../kind.ts";

type Cell<T> = (object: T, nowMs: number) => string | number | boolean;

/** Always shown. */
export const column = <T extends KubernetesObject>(
  name: string,
  description: string,
  cell: Cell<T>,
): Column<T> => ({ name, type: "string", description, priority: 0, cell });

/** Shown with `-o wide`. */
export const wideColumn = <T extends KubernetesObject>(
  name: string,
  description: string,
  cell: Cell<T>,
): Column<T> => ({ name, type: "string", description, priority: 1, cell });

export const integerColumn = <T extends KubernetesObject>(
  name: string,
  description: string,
  cell: (object: T) => number,
): Column<T> => ({ name, type: "integer", description, priority: 0, cell });

export const booleanColumn = <T extends KubernetesObject>(
  name: string,
  description: string,
  cell: (object: T) => boolean,
): Column<T> => ({ name, type: "boolean", description, priority: 0, cell });
