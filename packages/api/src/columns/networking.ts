// The tables of the networking group.

import type { Column } from "../kind.ts";
import type { Ingress, IngressRule } from "../messages/networking/v1/ingress.ts";
import type { IngressClass } from "../messages/networking/v1/ingress-class.ts";
import type { IPAddress } from "../messages/networking/v1/ip-address.ts";
import type { ServiceCIDR } from "../messages/networking/v1/service-cidr.ts";
import type { NetworkPolicy } from "../messages/networking/v1/network-policy.ts";
import { formatLabelSelector } from "../selectors/label-selector.ts";
import { column } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const networkPolicyColumns: readonly Column<NetworkPolicy>[] = [
  nameColumn,
  column("Pod-Selector", "Which pods it is for", ({ spec }) =>
    formatLabelSelector(spec.podSelector ?? {}),
  ),
  ageColumn,
];

export const ingressColumns: readonly Column<Ingress>[] = [
  nameColumn,
  column("Class", "Its ingress class", ({ spec }) => spec.ingressClassName ?? "<none>"),
  column("Hosts", "The hosts of its rules", ({ spec }) => hostsText(spec.rules ?? [])),
  column("Address", "Where it is reached", addressText),
  column("Ports", "The ports it is served on", ({ spec }) =>
    (spec.tls ?? []).length > 0 ? "80, 443" : "80",
  ),
  ageColumn,
];

export const ingressClassColumns: readonly Column<IngressClass>[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) => {
      const annotation = metadata.annotations?.["ingressclass.kubernetes.io/is-default-class"];
      return (metadata.name ?? "") + (annotation === "true" ? " (default)" : "");
    },
  },
  column("Controller", "Who answers for its ingresses", ({ spec }) => spec?.controller ?? ""),
  column("Parameters", "More settings, in another object", parametersText),
  ageColumn,
];

const shown = 3;

function hostsText(rules: readonly IngressRule[]): string {
  const hosts: string[] = [];
  let isCut = false;
  for (const { host } of rules) {
    isCut ||= hosts.length === shown;
    if (!isCut && host) hosts.push(host);
  }
  if (hosts.length === 0) return "*";
  return hosts.join(",") + (isCut ? ` + ${rules.length - shown} more...` : "");
}

/** Sorted. */
function addressText({ status }: Ingress): string {
  const all = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || "");
  return [...new Set(all.filter((one) => one !== ""))].sort().join(",");
}

function parametersText({ spec }: IngressClass): string {
  const { parameters } = spec ?? {};
  if (!parameters) return "<none>";
  const { kind, name, apiGroup } = parameters;
  return `${kind}${apiGroup === undefined ? "" : `.${apiGroup}`}/${name}`;
}

export const serviceCIDRColumns: readonly Column<ServiceCIDR>[] = [
  nameColumn,
  column("CIDRs", "Its ranges", ({ spec }) => (spec?.cidrs ?? []).join(",")),
  ageColumn,
];

export const ipAddressColumns: readonly Column<IPAddress>[] = [
  nameColumn,
  column("ParentRef", "Who has it", ({ spec }) => {
    const parent = spec?.parentRef;
    if (!parent) return "<none>";
    const { group, resource = "", namespace, name } = parent;
    const kind = `${resource}${group ? `.${group}` : ""}`.toLowerCase();
    return [kind, ...(namespace ? [namespace] : []), name].join("/");
  }),
];
