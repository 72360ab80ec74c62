// Which namespaces still need their `default` service account.

import type { Namespace, ServiceAccount } from "@kubonsai/api";

/** A namespace on its way out needs none. */
export function lacksDefaultAccount(
  namespace: Namespace | undefined,
  account: ServiceAccount | undefined,
): boolean {
  return namespace?.status?.phase === "Active" && account === undefined;
}
