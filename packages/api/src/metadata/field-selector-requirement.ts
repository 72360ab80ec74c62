// FieldSelectorRequirement: one term of a field selector, in parts.

import { aString, list, message, string } from "../schema/schema.ts";
import type { TypeOf } from "../schema/schema.ts";

export const fieldSelectorRequirement = message(
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement",
  {
    key: string(1).required(),
    operator: string(2).required(),
    values: list(3, aString).atomic(),
  },
);
export interface FieldSelectorRequirement extends TypeOf<typeof fieldSelectorRequirement> {}
