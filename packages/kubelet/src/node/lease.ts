// A node's heartbeat: its lease in kube-node-lease.
// @see kubernetes component-helpers/apimachinery/lease/controller.go

import { isReason, type Lease } from "@kubonsai/api";
import { microTimestamp, type ResourceClient } from "@kubonsai/client";

export const LEASE_NAMESPACE = "kube-node-lease";
const LEASE_SECONDS = 40;

/** Makes the lease where there is none. */
export async function renewLease(
  leases: ResourceClient<Lease>,
  { name, uid, nowMs }: { name: string; uid: string; nowMs: number },
): Promise<void> {
  const renewTime = microTimestamp(nowMs);
  const body = { spec: { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime } };
  try {
    await leases.patch(LEASE_NAMESPACE, name, { type: "merge", body });
  } catch (error) {
    if (!isReason(error, "NotFound")) throw error;
    const ownerReferences = [{ apiVersion: "v1", kind: "Node", name, uid }];
    await leases.create({
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name, namespace: LEASE_NAMESPACE, ownerReferences },
      ...body,
    });
  }
}
