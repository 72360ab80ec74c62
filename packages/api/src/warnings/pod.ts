// What users are warned of in pods and templates: old names, duplicates, things that do nothing.
// @see kubernetes pkg/api/pod/warnings.go

import type { KubernetesObject } from "../kind.ts";
import type { EnvVar } from "../messages/core/v1/environment.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import type { ContainerPort } from "../messages/core/v1/container.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import type { ResourceRequirements } from "../messages/core/v1/resources.ts";
import { allContainers } from "../pod/containers.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { dns1123Label } from "../validation/names.ts";
import { deprecatedLabelWarnings } from "./node-labels.ts";
import { volumeWarnings } from "./volume.ts";

interface Workload extends KubernetesObject {
  spec: { template?: PodTemplateSpec };
}

/** Of a controller; updates that leave its spec alone are not warned of again. */
export function workloadWarnings(object: Workload, old?: Workload): string[] {
  const { metadata, spec } = object;
  if (old !== undefined && metadata.generation === old.metadata.generation) return [];
  const template = spec.template ? podWarnings("spec.template.", spec.template) : [];
  const texts = old === undefined ? dns1123Label(metadata.name ?? "") : [];
  if (texts.length === 0) return template;
  const why =
    "metadata.name: this is used in Pod names and hostnames, which can result in surprising " +
    `behavior; a DNS label is recommended: [${texts.join(" ")}]`;
  return [why, ...template];
}

/** @param prefix "" for a pod, `spec.template.` for a template */
export function podWarnings(prefix: string, { metadata, spec }: PodTemplateSpec): string[] {
  const path = `${prefix}spec`;
  return [
    ...deprecatedLabelWarnings(path, spec),
    ...annotationWarnings(`${prefix}metadata.annotations`, metadata?.annotations ?? {}),
    ...volumeWarnings(`${path}.volumes`, spec.volumes ?? []),
    ...duplicateWarnings(path, spec),
    ...allContainers(spec).flatMap(({ container, path: own }) => [
      ...fractionWarnings(`${path}.${own}.resources`, container.resources ?? {}),
      ...environmentWarnings(`${path}.${own}.env`, container.env ?? []),
    ]),
    ...portWarnings(path, spec),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [
          `${path}.terminationGracePeriodSeconds: must be >= 0; ` +
            "negative values are invalid and will be treated as 1",
        ]
      : []),
  ];
}

const oldAnnotations = new Map([
  [
    "scheduler.alpha.kubernetes.io/critical-pod",
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  ],
  [
    "security.alpha.kubernetes.io/sysctls",
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
  [
    "security.alpha.kubernetes.io/unsafe-sysctls",
    'non-functional in v1.11+; use the "sysctls" field instead',
  ],
  [
    "seccomp.security.alpha.kubernetes.io/pod",
    'non-functional in v1.27+; use the "seccompProfile" field instead',
  ],
]);

const annotationWarnings = (field: string, annotations: { [key: string]: string }): string[] =>
  [...oldAnnotations]
    .filter(([key]) => Object.hasOwn(annotations, key))
    .map(([key, text]) => `${field}[${key}]: ${text}`);

function duplicateWarnings(field: string, spec: PodSpec): string[] {
  const warnings: string[] = [];
  const addresses = (spec.hostAliases ?? []).map(({ ip }) => ip);
  for (const i of repeatedIndexes(addresses)) {
    warnings.push(`${field}.hostAliases[${i}].ip: duplicate ip ${JSON.stringify(addresses[i])}`);
  }
  const secrets = (spec.imagePullSecrets ?? []).map(({ name = "" }) => name);
  for (const i of repeatedIndexes(secrets)) {
    const name = JSON.stringify(secrets[i]);
    warnings.push(`${field}.imagePullSecrets[${i}].name: duplicate name ${name}`);
  }
  for (const [i, name] of secrets.entries()) {
    if (name === "") warnings.push(`${field}.imagePullSecrets[${i}].name: invalid empty name ""`);
  }
  return warnings;
}

function repeatedIndexes(items: readonly string[]): number[] {
  return [...items.keys()].filter((i) => items.indexOf(items[i]!) < i);
}

const billion = 10n ** 9n;

function fractionWarnings(field: string, { limits, requests }: ResourceRequirements): string[] {
  return (["memory", "ephemeral-storage"] as const).flatMap((resource) =>
    Object.entries({ limits, requests }).flatMap(([which, list]) => {
      const quantity = tryParseQuantity(list?.[resource]);
      if (quantity === undefined || quantity.nanos % billion === 0n) return [];
      const shown = JSON.stringify(list![resource]);
      return [
        `${field}.${which}[${resource}]: fractional byte value ${shown} is invalid, must be an integer`,
      ];
    }),
  );
}

/** A later variable hides an earlier one, unless it extends it: `PATH: $(PATH):/more`. */
function environmentWarnings(field: string, variables: readonly EnvVar[]): string[] {
  const names = variables.map(({ name }) => name);
  return repeatedIndexes(names).flatMap((i) => {
    const { name, value = "", valueFrom } = variables[i]!;
    const reference = `$(${name})`;
    const extendsIt = !valueFrom && value !== reference && value.includes(reference);
    if (extendsIt) return [];
    const shown = JSON.stringify(name);
    return [
      `${field}[${i}]: hides previous definition of ${shown}, which may be dropped when using apply`,
    ];
  });
}

interface PlacedPort {
  readonly path: string;
  readonly port: ContainerPort;
}

function portWarnings(field: string, spec: PodSpec): string[] {
  const all: PlacedPort[] = allContainers(spec).flatMap(({ container, path }) =>
    (container.ports ?? []).map((port, i) => ({ path: `${field}.${path}.ports[${i}]`, port })),
  );
  const sameNumber = all.flatMap((one, i) =>
    all.slice(0, i).flatMap((other) => overlapWarnings(one, other)),
  );
  const sameName = all.flatMap(({ path, port: { name } }, i) => {
    const other = name ? all.slice(0, i).find((one) => one.port.name === name) : undefined;
    if (other === undefined) return [];
    return [
      `${path}: duplicate port name ${JSON.stringify(name)} with ${other.path}, ` +
        `services and probes that select ports by name will use ${other.path}`,
    ];
  });
  return [...sameNumber, ...sameName];
}

function overlapWarnings({ path, port }: PlacedPort, other: PlacedPort): string[] {
  const [a, b] = [port, other.port];
  if (a.containerPort !== b.containerPort || a.protocol !== b.protocol) return [];
  const isSameHost = (a.hostIP ?? "") === (b.hostIP ?? "");
  const [left, right] = [a.hostPort ?? 0, b.hostPort ?? 0];
  if (isSameHost && left === right)
    return [`${path}: duplicate port definition with ${other.path}`];
  if (left === 0 || right === 0) return [`${path}: overlapping port definition with ${other.path}`];
  const isAmbiguous = left === right && !a.hostIP !== !b.hostIP;
  return isAmbiguous ? [`${path}: dangerously ambiguous port definition with ${other.path}`] : [];
}
