// Whether a write changes nothing but the times in managedFields: such a write is not worth storing.

import type { KubernetesObject } from "../kind.ts";
import { equalValues } from "../schema/json-value.ts";
import { withoutManagers } from "./track-update.ts";

export function equalButForTimes(a: KubernetesObject, b: KubernetesObject): boolean {
  return (
    equalValues(managersOf(a), managersOf(b)) && equalValues(withoutManagers(a), withoutManagers(b))
  );
}

const managersOf = ({ metadata }: KubernetesObject) =>
  (metadata.managedFields ?? []).map(({ time: _, ...entry }) => entry);
