// ipFamilies and ipFamilyPolicy of a Service on a cluster that knows IPv4 alone.
// @see kubernetes pkg/registry/core/service/storage/alloc.go initIPFamilyFields

import { isIPv6 } from "node:net";
import { invalid, invalidError, type FieldError, type Service } from "@kubonsai/api";
import { HEADLESS } from "./service-kinds.ts";

const POLICY = "spec.ipFamilyPolicy";

/** Changes `service` in place. @throws StatusError Invalid */
export function settleIpFamilies(service: Service, old?: Service): void {
  const { spec, metadata } = service;
  if (spec.type === "ExternalName") return;
  const isFree = spec.clusterIP === HEADLESS && isEmpty(spec.selector);
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? (isFree ? "RequireDualStack" : "SingleStack");
  const errors = isFree ? [] : familyErrors(service);
  if (errors.length > 0) {
    throw invalidError({ group: "", kind: "Service" }, metadata.name ?? "", errors);
  }
  if (!spec.ipFamilies?.length) spec.ipFamilies = ["IPv4"];
  // endpoints of a headless Service without a selector are the user's own, of either family
  const isDual = isFree && spec.ipFamilyPolicy !== "SingleStack" && spec.ipFamilies.length < 2;
  if (isDual) spec.ipFamilies = [...spec.ipFamilies, other(spec.ipFamilies[0]!)];
}

function familyErrors({ spec }: Service): FieldError[] {
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy: policy } = spec;
  const errors: FieldError[] = [];
  const several = (what: string) =>
    invalid(
      POLICY,
      policy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  if (policy === "SingleStack" && clusterIPs.length === 2) errors.push(several("cluster IPs"));
  if (policy === "SingleStack" && ipFamilies.length === 2) errors.push(several("IP families"));
  for (const [index, address] of clusterIPs.entries()) {
    if (!isIPv6(address) || index < ipFamilies.length) continue;
    const why = "IPv6 is not configured on this cluster";
    errors.push(invalid(`spec.clusterIPs[${index}]`, clusterIPs, why));
  }
  if (policy === "RequireDualStack") {
    errors.push(invalid(POLICY, policy, "this cluster is not configured for dual-stack services"));
  }
  for (const [index, family] of ipFamilies.entries()) {
    if (family !== "IPv6") continue;
    errors.push(invalid(`spec.ipFamilies[${index}]`, family, "not configured on this cluster"));
  }
  return errors;
}

const other = (family: string) => (family === "IPv4" ? "IPv6" : "IPv4");
const isEmpty = (map: object | undefined) => Object.keys(map ?? {}).length === 0;
