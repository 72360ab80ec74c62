// What network policies and ingress classes get when their manifests do not say.
// @see kubernetes pkg/apis/networking/v1/defaults.go

import type { IngressClass } from "../messages/networking/v1/ingress-class.ts";
import type { NetworkPolicy } from "../messages/networking/v1/network-policy.ts";

export function setNetworkPolicyDefaults({ spec }: NetworkPolicy): void {
  spec.podSelector ??= {};
  const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
  for (const { ports } of rules) for (const port of ports ?? []) port.protocol ??= "TCP";
  if ((spec.policyTypes ?? []).length > 0) return;
  const hasEgress = (spec.egress ?? []).length > 0;
  spec.policyTypes = hasEgress ? ["Ingress", "Egress"] : ["Ingress"];
}

export function setIngressClassDefaults({ spec }: IngressClass): void {
  if (spec?.parameters) spec.parameters.scope ??= "Cluster";
}
