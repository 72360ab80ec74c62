// What users are warned of in services: members that do nothing for the type.
// @see kubernetes pkg/api/service/warnings.go

import type { Service } from "../messages/core/v1/service.ts";
import { isHeadless } from "../service/exposure.ts";

const oldHints = "service.kubernetes.io/topology-aware-hints";
const newHints = "service.kubernetes.io/topology-mode";

export function serviceWarnings({ metadata, spec }: Service): string[] {
  const warnings: string[] = [];
  const hasExternalIps = (spec.externalIPs ?? []).length > 0;
  const isName = spec.type === "ExternalName";
  if (Object.hasOwn(metadata.annotations ?? {}, oldHints)) {
    warnings.push(`annotation ${oldHints} is deprecated, please use ${newHints} instead`);
  }
  if (isHeadless(spec)) {
    const members = { loadBalancerIP: Boolean(spec.loadBalancerIP), externalIPs: hasExternalIps };
    for (const [member, isSet] of Object.entries(members)) {
      if (isSet) warnings.push(`spec.${member} is ignored for headless services`);
    }
    if (spec.sessionAffinity !== "None") {
      warnings.push("spec.SessionAffinity is ignored for headless services");
    }
  } else if (hasExternalIps && !isName) {
    warnings.push(
      "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
    );
  }
  if (isName && hasExternalIps) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (!isName && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === "PreferClose") {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}
