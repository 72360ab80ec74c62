// Ranges of service addresses, and the addresses taken from them.
// @see kubernetes pkg/apis/networking/validation/validation.go ValidateServiceCIDR, ValidateIPAddress

import { invalid, required, type FieldError } from "../errors/field-error.ts";
import type { IPAddress } from "../messages/networking/v1/ip-address.ts";
import type { ServiceCIDR } from "../messages/networking/v1/service-cidr.ts";
import { parseCidr, strictCidr, strictIp } from "./ip-address.ts";
import { pathSegment } from "./names.ts";
import { each, immutable, invalidFor, isSubdomain } from "./rules.ts";
import { fieldImmutable } from "./texts.ts";

const field = "spec.cidrs";

export function validateServiceCIDRCreate({ spec }: ServiceCIDR): FieldError[] {
  const ranges = spec?.cidrs ?? [];
  if (ranges.length === 0) return [required(field, "at least one CIDR required")];
  if (ranges.length > 2) return [invalid(field, spec, "may only hold up to 2 values")];
  const errors = each(field, ranges, strictCidr);
  const [first, second] = ranges.map((range) => parseCidr(range)?.address.family);
  if (first === undefined || first !== second) return errors;
  const text =
    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64";
  return [...errors, invalid(field, ranges, text)];
}

/** A second range may be added; what is there stays. */
export function validateServiceCIDRUpdate(cidr: ServiceCIDR, old: ServiceCIDR): FieldError[] {
  const [ranges, before] = [cidr.spec?.cidrs ?? [], old.spec?.cidrs ?? []];
  const changed = (count: number) =>
    before
      .slice(0, count)
      .flatMap((range, i) =>
        range === ranges[i] ? [] : [invalid(`${field}[${i}]`, ranges[i], fieldImmutable)],
      );
  if (ranges.length === before.length) return changed(before.length);
  if (before.length === 1 && ranges.length === 2) {
    return [...changed(1), ...validateServiceCIDRCreate(cidr)];
  }
  return [invalid(field, ranges, fieldImmutable)];
}

/** An address is its object's name. */
export function addressName(name: string): string[] {
  return strictIp("", name).map(({ message }) => message.replace(/^Invalid value: "[^"]*": /, ""));
}

export function validateIPAddress({ spec }: IPAddress): FieldError[] {
  const parent = spec?.parentRef;
  if (!parent) return [required("spec.parentRef")];
  const path = "spec.parentRef";
  const segment = (member: "resource" | "name") =>
    parent[member]
      ? invalidFor(`${path}.${member}`, parent[member], pathSegment(parent[member]))
      : [required(`${path}.${member}`)];
  return [
    ...(parent.group ? isSubdomain(`${path}.group`, parent.group) : []),
    ...segment("resource"),
    ...segment("name"),
    ...(parent.namespace
      ? invalidFor(`${path}.namespace`, parent.namespace, pathSegment(parent.namespace))
      : []),
  ];
}

export const validateIPAddressUpdate = ({ spec }: IPAddress, old: IPAddress): FieldError[] =>
  immutable("spec.parentRef", spec?.parentRef, old.spec?.parentRef);
