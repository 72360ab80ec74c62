// The addresses of services: how clusterIP, clusterIPs and ipFamilies hang together, and may change.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateServiceClusterIPsRelatedFields

import { duplicate, forbidden, invalid, required, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { Service, ServiceSpec } from "../messages/core/v1/service.ts";
import { isHeadless } from "../service/exposure.ts";
import { isIpv6, validateIp } from "./ip-address.ts";
import { each, optionalOneOf } from "./rules.ts";

export function addressErrors(spec: ServiceSpec): FieldError[] {
  if (spec.type === "ExternalName") return [];
  const { clusterIPs = [], ipFamilies = [] } = spec;
  const seen = new Set<string>();
  const families = each("spec.ipFamilies", ipFamilies, (path, family) => {
    const errors = optionalOneOf(path, family, ["IPv4", "IPv6"]);
    if (seen.has(family)) errors.push(duplicate(path, family));
    seen.add(family);
    return errors;
  });
  const wrong = ipErrors(clusterIPs);
  const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
  return [
    ...primaryErrors(spec),
    ...families,
    ...optionalOneOf("spec.ipFamilyPolicy", spec.ipFamilyPolicy, policies),
    ...wrong,
    ...(wrong.length > 0 ? [] : familyErrors(spec)),
  ];
}

function primaryErrors({ clusterIP, clusterIPs = [] }: ServiceSpec): FieldError[] {
  const field = "spec.clusterIPs";
  if (!clusterIP) {
    if (clusterIPs.length === 0) return [];
    return [invalid(field, clusterIPs, "must be empty when `clusterIP` is not specified")];
  }
  if (clusterIPs.length === 0) return [required(field)];
  if (clusterIPs[0] === clusterIP) return [];
  return [invalid(field, clusterIPs, "first value must match `clusterIP`")];
}

function ipErrors(clusterIPs: readonly string[]): FieldError[] {
  const field = "spec.clusterIPs";
  const errors = each(field, clusterIPs, (path, ip, i) =>
    i === 0 && ip === "None" ? [] : validateIp(path, ip),
  );
  if (clusterIPs[0] === "None" && clusterIPs.length > 1) {
    errors.push(invalid(field, clusterIPs, "'None' must be the first and only value"));
  }
  if (clusterIPs.length > 2) {
    errors.push(invalid(field, clusterIPs, "may only hold up to 2 values"));
  }
  return errors;
}

function familyErrors(spec: ServiceSpec): FieldError[] {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  const field = "spec.clusterIPs";
  const errors: FieldError[] = [];
  if (clusterIPs.length === 2 && isIpv6(clusterIPs[0]!) === isIpv6(clusterIPs[1]!)) {
    const text = "may specify no more than one IP for each IP family";
    errors.push(invalid(field, clusterIPs, text));
  }
  if (isHeadless(spec)) return errors;
  for (const [i, ip] of clusterIPs.entries()) {
    const wanted = ipFamilies[i];
    if (wanted === undefined || (wanted === "IPv6") === isIpv6(ip)) continue;
    const text = `expected an ${wanted} value as indicated by \`ipFamilies[${i}]\``;
    errors.push(invalid(`${field}[${i}]`, ip, text));
  }
  return errors;
}

export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  return [
    ...clusterIpChanges(service.spec, old.spec),
    ...familyChanges(service.spec, old.spec),
    ...classChanges(service.spec, old.spec),
    ...healthCheckChanges(service.spec, old.spec),
  ];
}

/** Whether the rules about changed addresses do not apply. */
const isNameOnly = (spec: ServiceSpec, old: ServiceSpec) =>
  spec.type === "ExternalName" || old.type === "ExternalName";

function clusterIpChanges(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (isNameOnly(spec, old) || (isHeadless(spec) && isHeadless(old))) return [];
  const [now, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []];
  return changes(spec, {
    field: "spec.clusterIPs",
    now,
    before,
    unset: "primary clusterIP can not be unset",
    secondary: "clusterIP",
  });
}

function familyChanges(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (isNameOnly(spec, old) || isHeadless(spec) || isHeadless(old)) return [];
  return changes(spec, {
    field: "spec.ipFamilies",
    now: spec.ipFamilies ?? [],
    before: old.ipFamilies ?? [],
    unset: "primary ipFamily can not be unset",
    secondary: "ipFamily",
  });
}

interface Change {
  readonly field: string;
  readonly now: readonly string[];
  readonly before: readonly string[];
  readonly unset: string;
  readonly secondary: string;
}

/** The first never changes; the second may come, and go when the policy says so. */
function changes(spec: ServiceSpec, { field, now, before, unset, secondary }: Change) {
  const errors: FieldError[] = [];
  const fixed = "may not change once set";
  if (now.length === before.length) {
    for (const [i, one] of before.entries()) {
      if (one !== now[i]) errors.push(invalid(`${field}[${i}]`, now, fixed));
    }
    return errors;
  }
  if (now.length === 0) errors.push(invalid(`${field}[0]`, now, unset));
  else if (before.length > 0 && now[0] !== before[0]) {
    errors.push(invalid(`${field}[0]`, now, fixed));
  }
  if (now.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== "SingleStack") {
    const text = `must be set to 'SingleStack' when releasing the secondary ${secondary}`;
    errors.push(invalid("spec.ipFamilyPolicy", spec.ipFamilyPolicy ?? null, text));
  }
  return errors;
}

function classChanges(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (spec.type !== "LoadBalancer" || old.type !== "LoadBalancer") return [];
  if (semanticEqual(spec.loadBalancerClass, old.loadBalancerClass)) return [];
  const value = spec.loadBalancerClass ?? null;
  return [invalid("spec.loadBalancerClass", value, "may not change once set")];
}

const checksHealth = ({ type, externalTrafficPolicy }: ServiceSpec) =>
  type === "LoadBalancer" && externalTrafficPolicy === "Local";

function healthCheckChanges(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (!checksHealth(spec) || !checksHealth(old)) return [];
  if (spec.healthCheckNodePort === old.healthCheckNodePort) return [];
  return [forbidden("spec.healthCheckNodePort", "field is immutable")];
}
