// Containers of a pod: main, init and ephemeral ones.
// @see kubernetes pkg/apis/core/validation/validation.go validateContainers

import { duplicate, forbidden, invalid, notFound, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type {
  Container,
  ContainerPort,
  EphemeralContainer,
} from "../messages/core/v1/container.ts";
import type { ContainerResizePolicy } from "../messages/core/v1/container.ts";
import { isSidecar } from "../pod/containers.ts";
import { validateEnv, validateEnvFrom } from "./environment.ts";
import { validateVolumeDevices, validateVolumeMounts } from "./mounts.ts";
import { portName, portNumber } from "./names.ts";
import type { PodContext } from "./pod-context.ts";
import { validateLifecycle, validateProbes } from "./probe.ts";
import { validateResourceRequirements } from "./resources.ts";
import { validateRestartRules } from "./restart-rules.ts";
import { each, invalidFor, isLabel, oneOf } from "./rules.ts";
import { validateSecurityContext } from "./security-context.ts";

type Containers<C> = readonly C[] | undefined;

export function validateContainers(
  field: string,
  containers: Containers<Container>,
  context: PodContext,
): FieldError[] {
  if ((containers ?? []).length === 0) return [required(field)];
  const names = new Set<string>();
  const errors = each(field, containers, (path, container) => [
    ...validateContainer(path, container, context),
    ...uniqueName(path, container.name, names),
    ...validateLifecycle(`${path}.lifecycle`, container.lifecycle, context),
    ...validateProbes(path, container),
    ...validateRestartRules(path, container),
  ]);
  return [...errors, ...hostPortConflicts(field, containers!)];
}

export function validateInitContainers(
  field: string,
  {
    initContainers,
    containers,
  }: { initContainers: Containers<Container>; containers: Containers<Container> },
  context: PodContext,
): FieldError[] {
  const names = new Set((containers ?? []).map(({ name }) => name));
  return each(field, initContainers, (path, container) => [
    ...validateContainer(path, container, context),
    ...validateRestartRules(path, container),
    ...uniqueName(path, container.name, names),
    ...hostPortConflicts(field, [container]),
    ...(isSidecar(container)
      ? [
          ...validateLifecycle(`${path}.lifecycle`, container.lifecycle, context),
          ...validateProbes(path, container),
        ]
      : onlyForSidecars(path, container)),
  ]);
}

export function validateEphemeralContainers(
  field: string,
  containers: Containers<EphemeralContainer>,
  options: { context: PodContext; otherNames: readonly string[] },
): FieldError[] {
  const names = new Set(options.otherNames);
  return each(field, containers, (path, container) => {
    const errors = [
      ...validateContainer(path, container as Container, options.context),
      ...trimmedImage(path, container),
      ...uniqueName(path, container.name, names),
    ];
    const target = container.targetContainerName;
    if (target && !options.otherNames.includes(target)) {
      errors.push(notFound(`${path}.targetContainerName`, target));
    }
    return [...errors, ...forbiddenWhenEphemeral(path, container)];
  });
}

/** Pods may not have blanks around an image's name; templates still may. */
export const trimmedImage = (field: string, { image = "" }: Pick<Container, "image">) =>
  image === image.trim()
    ? []
    : [invalid(`${field}.image`, image, "must not have leading or trailing whitespace")];

function validateContainer(field: string, container: Container, context: PodContext): FieldError[] {
  const { name, image, terminationMessagePolicy, volumeMounts, volumeDevices } = container;
  const mounts = { volumeMounts, volumeDevices, container, volumes: context.volumes };
  return [
    ...(name === "" ? [required(`${field}.name`)] : isLabel(`${field}.name`, name)),
    ...(image ? [] : [required(`${field}.image`)]),
    ...oneOf(`${field}.terminationMessagePolicy`, terminationMessagePolicy, [
      "File",
      "FallbackToLogsOnError",
    ]),
    ...validatePorts(`${field}.ports`, container.ports),
    ...validateEnv(`${field}.env`, container.env),
    ...validateEnvFrom(`${field}.envFrom`, container.envFrom),
    ...validateVolumeMounts(`${field}.volumeMounts`, mounts),
    ...validateVolumeDevices(`${field}.volumeDevices`, mounts),
    ...oneOf(`${field}.imagePullPolicy`, container.imagePullPolicy, pullPolicies),
    ...validateResourceRequirements(
      `${field}.resources`,
      container.resources ?? {},
      context.claimNames,
    ),
    ...resizeErrors(`${field}.resizePolicy`, container.resizePolicy, context.restartPolicy),
    ...validateSecurityContext(
      `${field}.securityContext`,
      container.securityContext,
      context.hostUsers,
    ),
  ];
}

const pullPolicies = ["Always", "IfNotPresent", "Never"];

function uniqueName(field: string, name: string, names: Set<string>): FieldError[] {
  if (names.has(name)) return [duplicate(`${field}.name`, name)];
  if (name !== "") names.add(name);
  return [];
}

function validatePorts(field: string, ports: Containers<ContainerPort>): FieldError[] {
  const names = new Set<string>();
  return each(field, ports, (path, { name, containerPort, hostPort, protocol }) => {
    const errors: FieldError[] = [];
    if (name) {
      const texts = portName(name);
      if (texts.length > 0) errors.push(...invalidFor(`${path}.name`, name, texts));
      else errors.push(...uniqueName(path, name, names));
    }
    const number = `${path}.containerPort`;
    if (!containerPort) errors.push(required(number));
    else errors.push(...invalidFor(number, containerPort, portNumber(containerPort)));
    if (hostPort) errors.push(...invalidFor(`${path}.hostPort`, hostPort, portNumber(hostPort)));
    return [...errors, ...oneOf(`${path}.protocol`, protocol, ["SCTP", "TCP", "UDP"])];
  });
}

function hostPortConflicts(field: string, containers: readonly Container[]): FieldError[] {
  const taken = new Set<string>();
  return each(field, containers, (path, { ports }) =>
    each(`${path}.ports`, ports, (portPath, { hostPort, hostIP = "", protocol }) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) return [duplicate(`${portPath}.hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

function resizeErrors(
  field: string,
  policies: Containers<ContainerResizePolicy>,
  podRestartPolicy: string,
): FieldError[] {
  const seen = new Set<string>();
  return each(field, policies, (path, { resourceName, restartPolicy }) => {
    const errors = seen.has(resourceName) ? [duplicate(path, resourceName)] : [];
    seen.add(resourceName);
    errors.push(...oneOf(field, resourceName, ["cpu", "memory"]));
    errors.push(...oneOf(field, restartPolicy, ["NotRequired", "RestartContainer"]));
    if (podRestartPolicy === "Never" && restartPolicy !== "NotRequired") {
      const text = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
      errors.push(invalid(field, restartPolicy, text));
    }
    return errors;
  });
}

function onlyForSidecars(field: string, container: Container): FieldError[] {
  const text = "may not be set for init containers without restartPolicy=Always";
  const members = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const;
  const errors = members
    .filter((member) => container[member] !== undefined)
    .map((member) => forbidden(`${field}.${member}`, text));
  const resize = each(`${field}.resizePolicy`, container.resizePolicy, (path, { restartPolicy }) =>
    restartPolicy === "RestartContainer"
      ? [
          invalid(
            `${path}.restartPolicy`,
            restartPolicy,
            "must not be set to 'RestartContainer' for non-sidecar initContainers",
          ),
        ]
      : [],
  );
  return [...errors, ...resize];
}

/** Members that make no sense for a container that is added to a running pod. */
const notEphemeral = [
  "ports",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
] as const;

function forbiddenWhenEphemeral(field: string, container: EphemeralContainer): FieldError[] {
  const text = "cannot be set for an Ephemeral Container";
  const errors = notEphemeral
    .filter((member) => !isEmpty(container[member]))
    .map((member) => forbidden(`${field}.${member}`, text));
  for (const [i, { subPath, subPathExpr }] of (container.volumeMounts ?? []).entries()) {
    const path = `${field}.volumeMounts[${i}]`;
    if (subPath) errors.push(forbidden(`${path}.subPath`, text));
    if (subPathExpr) errors.push(forbidden(`${path}.subPathExpr`, text));
  }
  return errors;
}

const isEmpty = (value: unknown) =>
  value === undefined || (typeof value === "object" && Object.keys(value as object).length === 0);
