// Environment variables and where they come from.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateEnv

import { invalid, notSupported, required, type FieldError } from "../errors/field-error.ts";
import type {
  EnvFromSource,
  EnvVar,
  ObjectFieldSelector,
} from "../messages/core/v1/environment.ts";
import type { FileKeySelector, ResourceFieldSelector } from "../messages/core/v1/environment.ts";
import { canonicalQuantity, tryParseQuantity } from "../quantity/quantity.ts";
import { labelKey } from "./label-names.ts";
import { asPrefix, configKey, dns1123Subdomain, environmentName } from "./names.ts";
import { noBacksteps } from "./paths.ts";
import { each, invalidFor, isLabel } from "./rules.ts";

export const validateEnv = (field: string, variables: readonly EnvVar[] | undefined) =>
  each(field, variables, (path, variable) => [
    ...(variable.name === ""
      ? [required(`${path}.name`)]
      : invalidFor(`${path}.name`, variable.name, environmentName(variable.name))),
    ...validateValueFrom(`${path}.valueFrom`, variable),
  ]);

export const validateEnvFrom = (field: string, sources: readonly EnvFromSource[] | undefined) =>
  each(field, sources, (path, { prefix, configMapRef, secretRef }) => {
    const errors = prefix ? invalidFor(`${path}.prefix`, prefix, environmentName(prefix)) : [];
    if (configMapRef) errors.push(...sourceName(`${path}.configMapRef.name`, configMapRef.name));
    if (secretRef) errors.push(...sourceName(`${path}.secretRef.name`, secretRef.name));
    if (!configMapRef && !secretRef) {
      errors.push(invalid(field, "", "must specify one of: `configMapRef` or `secretRef`"));
    } else if (configMapRef && secretRef) {
      errors.push(invalid(field, "", "may not have more than one field specified at a time"));
    }
    return errors;
  });

function validateValueFrom(field: string, { value, valueFrom }: EnvVar): FieldError[] {
  if (!valueFrom) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  const errors: FieldError[] = [];
  if (fieldRef) errors.push(...validateFieldRef(`${field}.fieldRef`, fieldRef, environmentFields));
  if (resourceFieldRef) {
    errors.push(...validateResourceFieldRef(`${field}.resourceFieldRef`, resourceFieldRef));
  }
  if (configMapKeyRef) errors.push(...keySelector(`${field}.configMapKeyRef`, configMapKeyRef));
  if (secretKeyRef) errors.push(...keySelector(`${field}.secretKeyRef`, secretKeyRef));
  if (fileKeyRef) errors.push(...fileKeySelector(`${field}.fileKeyRef`, fileKeyRef));
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef];
  const count = sources.filter((one) => one !== undefined).length;
  if (count === 0) errors.push(invalid(field, "", noSource));
  else if (value) errors.push(invalid(field, "", "may not be specified when `value` is not empty"));
  else if (count > 1) {
    errors.push(invalid(field, "", "may not have more than one field specified at a time"));
  }
  return errors;
}

const noSource =
  "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` " +
  "or `fileKeyRef`";

/** Fields of a pod that an environment variable can take; a volume can take others. */
const environmentFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

const convertibleFields = [
  ...environmentFields,
  "metadata.annotations",
  "metadata.labels",
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
  "spec.host",
];

export function validateFieldRef(
  field: string,
  { apiVersion, fieldPath }: ObjectFieldSelector,
  allowed: readonly string[],
): FieldError[] {
  if (!apiVersion) return [required(`${field}.apiVersion`)];
  if (!fieldPath) return [required(`${field}.fieldPath`)];
  const wrong = (text: string) => [
    invalid(`${field}.fieldPath`, fieldPath, `error converting fieldPath: ${text}`),
  ];
  if (apiVersion !== "v1") return wrong(`unsupported pod version: ${apiVersion}`);
  const [, map, key] = /^(.*)\['([^']*)'\]$/s.exec(fieldPath) ?? [];
  if (map !== undefined && key !== undefined) {
    if (map === "metadata.annotations") return invalidFor(field, key, labelKey(key.toLowerCase()));
    if (map === "metadata.labels") return invalidFor(field, key, labelKey(key));
    return wrong(`field label does not support subscript: ${fieldPath}`);
  }
  if (!convertibleFields.includes(fieldPath)) {
    return wrong(`field label not supported: ${fieldPath}`);
  }
  if (allowed.includes(fieldPath)) return [];
  return [notSupported(`${field}.fieldPath`, fieldPath, allowed)];
}

const resourceFields = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];

export function validateResourceFieldRef(
  field: string,
  selector: ResourceFieldSelector,
  isVolume = false,
): FieldError[] {
  const { containerName, resource, divisor } = selector;
  const errors: FieldError[] = [];
  if (isVolume && !containerName) errors.push(required(`${field}.containerName`));
  else if (!resource) errors.push(required(`${field}.resource`));
  else if (!resourceFields.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource)) {
    errors.push(notSupported(`${field}.resource`, resource, resourceFields));
  }
  return [...errors, ...divisorErrors(`${field}.divisor`, resource, divisor)];
}

const wholeDivisors = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";

function divisorErrors(field: string, resource: string, divisor: string | undefined): FieldError[] {
  const quantity = tryParseQuantity(divisor);
  if (quantity === undefined || quantity.nanos === 0n) return [];
  const kind = resource.replace(/^(limits|requests)\./, "");
  const shown = canonicalQuantity(divisor!);
  if (kind === "cpu") {
    if (shown === "1m" || shown === "1") return [];
    return [
      invalid(
        field,
        resource,
        "only divisor's values 1m and 1 are supported with the cpu resource",
      ),
    ];
  }
  if (wholeDivisors.split(", ").includes(shown)) return [];
  const named = kind === "ephemeral-storage" ? "local ephemeral storage" : kind.replace(/-.*/, "");
  return [
    invalid(
      field,
      resource,
      `only divisor's values ${wholeDivisors} are supported with the ${named} resource`,
    ),
  ];
}

function sourceName(field: string, name: string | undefined): FieldError[] {
  if (!name) return [required(field)];
  return invalidFor(field, name, dns1123Subdomain(asPrefix(name)));
}

function keySelector(field: string, { name = "", key }: { name?: string; key: string }) {
  const errors = invalidFor(`${field}.name`, name, dns1123Subdomain(name));
  if (!key) return [...errors, required(`${field}.key`)];
  return [...errors, ...invalidFor(`${field}.key`, key, configKey(key))];
}

function fileKeySelector(field: string, { key, volumeName, path }: FileKeySelector): FieldError[] {
  return [
    ...(key ? invalidFor(`${field}.key`, key, environmentName(key)) : [required(`${field}.key`)]),
    ...(volumeName
      ? isLabel(`${field}.volumeName`, volumeName)
      : [required(`${field}.volumeName`)]),
    ...(path ? noBacksteps(`${field}.path`, path) : [required(`${field}.path`)]),
  ];
}
