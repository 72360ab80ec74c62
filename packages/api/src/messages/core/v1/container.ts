// A container of a pod (main, init or ephemeral), its ports and mounts.

import {
  anInt32,
  aString,
  boolean,
  int32,
  list,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { envFromSource, type EnvFromSource, envVar, type EnvVar } from "./environment.ts";
import { lifecycle, type Lifecycle, probe, type Probe } from "./probe.ts";
import { resourceRequirements, type ResourceRequirements } from "./resources.ts";
import { securityContext, type SecurityContext } from "./security-context.ts";

export const container = message("io.k8s.api.core.v1.Container", {
  name: string(1).required(),
  image: string(2),
  command: list(3, aString).atomic(),
  args: list(4, aString).atomic(),
  workingDir: string(5),
  ports: list(
    6,
    of<ContainerPort>(() => containerPort),
  )
    .listMap("containerPort", "protocol")
    .merge("containerPort"),
  envFrom: list(
    19,
    of<EnvFromSource>(() => envFromSource),
  ).atomic(),
  env: list(
    7,
    of<EnvVar>(() => envVar),
  )
    .listMap("name")
    .merge("name"),
  resources: ref<ResourceRequirements>(8, () => resourceRequirements).default({}),
  resizePolicy: list(
    23,
    of<ContainerResizePolicy>(() => containerResizePolicy),
  ).atomic(),
  restartPolicy: string(24).explicit(),
  restartPolicyRules: list(
    25,
    of<ContainerRestartRule>(() => containerRestartRule),
  ).atomic(),
  volumeMounts: list(
    9,
    of<VolumeMount>(() => volumeMount),
  )
    .listMap("mountPath")
    .merge("mountPath"),
  volumeDevices: list(
    21,
    of<VolumeDevice>(() => volumeDevice),
  )
    .listMap("devicePath")
    .merge("devicePath"),
  livenessProbe: ref<Probe>(10, () => probe),
  readinessProbe: ref<Probe>(11, () => probe),
  startupProbe: ref<Probe>(22, () => probe),
  lifecycle: ref<Lifecycle>(12, () => lifecycle),
  terminationMessagePath: string(13),
  terminationMessagePolicy: string(20).oneOf("FallbackToLogsOnError", "File"),
  imagePullPolicy: string(14).oneOf("Always", "IfNotPresent", "Never"),
  securityContext: ref<SecurityContext>(15, () => securityContext),
  stdin: boolean(16),
  stdinOnce: boolean(17),
  tty: boolean(18),
});
export interface Container extends TypeOf<typeof container> {}

export const ephemeralContainer = message(
  "io.k8s.api.core.v1.EphemeralContainer",
  {
    name: string(1).required(),
    image: string(2),
    command: list(3, aString).atomic(),
    args: list(4, aString).atomic(),
    workingDir: string(5),
    ports: list(
      6,
      of<ContainerPort>(() => containerPort),
    )
      .listMap("containerPort", "protocol")
      .merge("containerPort"),
    envFrom: list(
      19,
      of<EnvFromSource>(() => envFromSource),
    ).atomic(),
    env: list(
      7,
      of<EnvVar>(() => envVar),
    )
      .listMap("name")
      .merge("name"),
    resources: ref<ResourceRequirements>(8, () => resourceRequirements).default({}),
    resizePolicy: list(
      23,
      of<ContainerResizePolicy>(() => containerResizePolicy),
    ).atomic(),
    restartPolicy: string(24).explicit(),
    restartPolicyRules: list(
      25,
      of<ContainerRestartRule>(() => containerRestartRule),
    ).atomic(),
    volumeMounts: list(
      9,
      of<VolumeMount>(() => volumeMount),
    )
      .listMap("mountPath")
      .merge("mountPath"),
    volumeDevices: list(
      21,
      of<VolumeDevice>(() => volumeDevice),
    )
      .listMap("devicePath")
      .merge("devicePath"),
    livenessProbe: ref<Probe>(10, () => probe),
    readinessProbe: ref<Probe>(11, () => probe),
    startupProbe: ref<Probe>(22, () => probe),
    lifecycle: ref<Lifecycle>(12, () => lifecycle),
    terminationMessagePath: string(13),
    terminationMessagePolicy: string(20).oneOf("FallbackToLogsOnError", "File"),
    imagePullPolicy: string(14).oneOf("Always", "IfNotPresent", "Never"),
    securityContext: ref<SecurityContext>(15, () => securityContext),
    stdin: boolean(16),
    stdinOnce: boolean(17),
    tty: boolean(18),
    targetContainerName: string(2),
  },
  {
    embedded: [
      {
        name: "ephemeralContainerCommon",
        number: 1,
        fields: [
          "name",
          "image",
          "command",
          "args",
          "workingDir",
          "ports",
          "envFrom",
          "env",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "volumeMounts",
          "volumeDevices",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "terminationMessagePath",
          "terminationMessagePolicy",
          "imagePullPolicy",
          "securityContext",
          "stdin",
          "stdinOnce",
          "tty",
        ],
      },
    ],
  },
);
export interface EphemeralContainer extends TypeOf<typeof ephemeralContainer> {}

export const containerPort = message("io.k8s.api.core.v1.ContainerPort", {
  name: string(1),
  hostPort: int32(2),
  containerPort: int32(3).required(),
  protocol: string(4).oneOf("SCTP", "TCP", "UDP").default("TCP"),
  hostIP: string(5),
});
export interface ContainerPort extends TypeOf<typeof containerPort> {}

export const containerResizePolicy = message("io.k8s.api.core.v1.ContainerResizePolicy", {
  resourceName: string(1).required(),
  restartPolicy: string(2).required(),
});
export interface ContainerResizePolicy extends TypeOf<typeof containerResizePolicy> {}

export const containerRestartRule = message("io.k8s.api.core.v1.ContainerRestartRule", {
  action: string(1).required(),
  exitCodes: ref<ContainerRestartRuleOnExitCodes>(2, () => containerRestartRuleOnExitCodes),
});
export interface ContainerRestartRule extends TypeOf<typeof containerRestartRule> {}

export const containerRestartRuleOnExitCodes = message(
  "io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes",
  {
    operator: string(1).required(),
    values: list(2, anInt32).listSet(),
  },
);
export interface ContainerRestartRuleOnExitCodes extends TypeOf<
  typeof containerRestartRuleOnExitCodes
> {}

export const volumeMount = message("io.k8s.api.core.v1.VolumeMount", {
  name: string(1).required(),
  readOnly: boolean(2),
  recursiveReadOnly: string(7).explicit(),
  mountPath: string(3).required(),
  subPath: string(4),
  mountPropagation: string(5).oneOf("Bidirectional", "HostToContainer", "None").explicit(),
  subPathExpr: string(6),
});
export interface VolumeMount extends TypeOf<typeof volumeMount> {}

export const volumeDevice = message("io.k8s.api.core.v1.VolumeDevice", {
  name: string(1).required(),
  devicePath: string(2).required(),
});
export interface VolumeDevice extends TypeOf<typeof volumeDevice> {}
