// How a pod resolves names: DNS policy and settings, host aliases, its own names.
// @see kubernetes pkg/apis/core/validation/validation.go validatePodDNSConfig

import { forbidden, invalid, required, tooLong, type FieldError } from "../errors/field-error.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import { validateIp } from "./ip-address.ts";
import { each, isLabel, isSubdomain, oneOf } from "./rules.ts";
import { notMatching } from "./texts.ts";

const policies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

export const validateDns = (field: string, spec: PodSpec): FieldError[] => [
  ...oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, policies),
  ...configErrors(`${field}.dnsConfig`, spec),
  ...hostNameErrors(field, spec),
  ...each(`${field}.hostAliases`, spec.hostAliases, (path, { ip, hostnames }) => [
    ...validateIp(`${path}.ip`, ip),
    ...each(`${path}.hostnames`, hostnames, isSubdomain),
  ]),
];

function configErrors(field: string, { dnsPolicy, dnsConfig }: PodSpec): FieldError[] {
  if (dnsPolicy === "None") {
    const when = "when `dnsPolicy` is None";
    if (!dnsConfig) return [required(field, `must provide \`dnsConfig\` ${when}`)];
    if ((dnsConfig.nameservers ?? []).length === 0) {
      return [required(`${field}.nameservers`, `must provide at least one DNS nameserver ${when}`)];
    }
  }
  const { nameservers = [], searches = [], options } = dnsConfig ?? {};
  const errors: FieldError[] = [];
  if (nameservers.length > 3) {
    errors.push(
      invalid(`${field}.nameservers`, nameservers, "must not have more than 3 nameservers"),
    );
  }
  errors.push(...each(`${field}.nameservers`, nameservers, validateIp));
  if (searches.length > 32) {
    errors.push(invalid(`${field}.searches`, searches, "must not have more than 32 search paths"));
  }
  if (searches.join(" ").length > 2048) {
    const text = "must not have more than 2048 characters (including spaces) in the search list";
    errors.push(invalid(`${field}.searches`, searches, text));
  }
  return [
    ...errors,
    ...each(`${field}.searches`, searches, searchErrors),
    ...each(`${field}.options`, options, (path, { name }) =>
      name ? [] : [required(path, "must not be empty")],
    ),
  ];
}

const part = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const searchPattern = `${part}(\\.${part})*`;
const searchExpression = new RegExp(`^${searchPattern}$`);

/** A subdomain that may have underscores; a single dot is the root. */
function searchErrors(field: string, search: string): FieldError[] {
  const name = search.replace(/\.$/, "");
  if (search === "." || searchExpression.test(name)) return [];
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, " +
    "'_', '-' or '.', and must start and end with an alphanumeric character";
  return [invalid(field, name, notMatching(rule, searchPattern, "example.com"))];
}

function hostNameErrors(field: string, spec: PodSpec): FieldError[] {
  const { hostname, subdomain, hostnameOverride: override } = spec;
  const errors: FieldError[] = [];
  if (hostname) errors.push(...isLabel(`${field}.hostname`, hostname));
  if (subdomain) errors.push(...isLabel(`${field}.subdomain`, subdomain));
  if (override === undefined) return errors;
  const path = `${field}.hostnameOverride`;
  if (spec.setHostnameAsFQDN === true) {
    errors.push(forbidden(path, "may not be specified when setHostnameAsFQDN is true"));
  }
  if (spec.hostNetwork === true) {
    errors.push(forbidden(path, "may not be specified when hostNetwork is true"));
  }
  if (override.length > 64) errors.push(tooLong(path, 64));
  return [...errors, ...isSubdomain(path, override)];
}
