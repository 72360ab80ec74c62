// How many replicas are wanted and how many there are.

import type { Column } from "../kind.ts";
import type { Scale } from "../messages/autoscaling/v1/scale.ts";
import { integerColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const scaleColumns: readonly Column<Scale>[] = [
  nameColumn,
  integerColumn("Desired", "Wanted replicas", ({ spec }) => spec.replicas ?? 0),
  integerColumn("Available", "Replicas that exist", ({ status }) => status?.replicas ?? 0),
  ageColumn,
];
