// The answer of calls that have nothing else to say.

import type { KubernetesObject } from "@kubonsai/api";

export function success(code: number): KubernetesObject {
  return Object.assign(
    { kind: "Status", apiVersion: "v1", metadata: {} },
    { status: "Success", code },
  );
}
