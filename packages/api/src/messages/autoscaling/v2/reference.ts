// What an autoscaler refers to, by kind and name.

import { message, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const crossVersionObjectReference = message(
  "io.k8s.api.autoscaling.v2.CrossVersionObjectReference",
  {
    kind: string(1).required(),
    name: string(2).required(),
    apiVersion: string(3),
  },
);
export interface CrossVersionObjectReference extends TypeOf<typeof crossVersionObjectReference> {}
