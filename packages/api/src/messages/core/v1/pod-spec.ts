// What a pod should be, apart from its containers and volumes.

import {
  aQuantity,
  aString,
  boolean,
  int32,
  int64,
  list,
  map,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { affinity, type Affinity } from "./affinity.ts";
import {
  container,
  type Container,
  ephemeralContainer,
  type EphemeralContainer,
} from "./container.ts";
import { localObjectReference, type LocalObjectReference } from "./reference.ts";
import { resourceRequirements, type ResourceRequirements } from "./resources.ts";
import { podSecurityContext, type PodSecurityContext } from "./security-context.ts";
import { volume, type Volume } from "./volume.ts";

export const podSpec = message("io.k8s.api.core.v1.PodSpec", {
  volumes: list(
    1,
    of<Volume>(() => volume),
  )
    .listMap("name")
    .merge("name")
    .retainKeys(),
  initContainers: list(
    20,
    of<Container>(() => container),
  )
    .listMap("name")
    .merge("name"),
  containers: list(
    2,
    of<Container>(() => container),
  )
    .listMap("name")
    .merge("name")
    .required(),
  ephemeralContainers: list(
    34,
    of<EphemeralContainer>(() => ephemeralContainer),
  )
    .listMap("name")
    .merge("name"),
  restartPolicy: string(3).oneOf("Always", "Never", "OnFailure"),
  terminationGracePeriodSeconds: int64(4).explicit(),
  activeDeadlineSeconds: int64(5).explicit(),
  dnsPolicy: string(6).oneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
  nodeSelector: map(7, aString).atomic(),
  serviceAccountName: string(8),
  serviceAccount: string(9),
  automountServiceAccountToken: boolean(21).explicit(),
  nodeName: string(10),
  hostNetwork: boolean(11),
  hostPID: boolean(12),
  hostIPC: boolean(13),
  shareProcessNamespace: boolean(27).explicit(),
  securityContext: ref<PodSecurityContext>(14, () => podSecurityContext),
  imagePullSecrets: list(
    15,
    of<LocalObjectReference>(() => localObjectReference),
  )
    .listMap("name")
    .merge("name"),
  hostname: string(16),
  subdomain: string(17),
  affinity: ref<Affinity>(18, () => affinity),
  schedulerName: string(19),
  tolerations: list(
    22,
    of<Toleration>(() => toleration),
  ).atomic(),
  hostAliases: list(
    23,
    of<HostAlias>(() => hostAlias),
  )
    .listMap("ip")
    .merge("ip"),
  priorityClassName: string(24),
  priority: int32(25).explicit(),
  dnsConfig: ref<PodDNSConfig>(26, () => podDNSConfig),
  readinessGates: list(
    28,
    of<PodReadinessGate>(() => podReadinessGate),
  ).atomic(),
  runtimeClassName: string(29).explicit(),
  enableServiceLinks: boolean(30).explicit(),
  preemptionPolicy: string(31).oneOf("Never", "PreemptLowerPriority").explicit(),
  overhead: map(32, aQuantity),
  topologySpreadConstraints: list(
    33,
    of<TopologySpreadConstraint>(() => topologySpreadConstraint),
  )
    .listMap("topologyKey", "whenUnsatisfiable")
    .merge("topologyKey"),
  setHostnameAsFQDN: boolean(35).explicit(),
  os: ref<PodOS>(36, () => podOS),
  hostUsers: boolean(37).explicit(),
  schedulingGates: list(
    38,
    of<PodSchedulingGate>(() => podSchedulingGate),
  )
    .listMap("name")
    .merge("name"),
  resourceClaims: list(
    39,
    of<PodResourceClaim>(() => podResourceClaim),
  )
    .listMap("name")
    .merge("name")
    .retainKeys(),
  resources: ref<ResourceRequirements>(40, () => resourceRequirements),
  hostnameOverride: string(41).explicit(),
  schedulingGroup: ref<PodSchedulingGroup>(43, () => podSchedulingGroup),
});
export interface PodSpec extends TypeOf<typeof podSpec> {}

export const podReadinessGate = message("io.k8s.api.core.v1.PodReadinessGate", {
  conditionType: string(1).required(),
});
export interface PodReadinessGate extends TypeOf<typeof podReadinessGate> {}

export const podSchedulingGate = message("io.k8s.api.core.v1.PodSchedulingGate", {
  name: string(1).required(),
});
export interface PodSchedulingGate extends TypeOf<typeof podSchedulingGate> {}

export const podSchedulingGroup = message(
  "io.k8s.api.core.v1.PodSchedulingGroup",
  {
    podGroupName: string(1).explicit(),
  },
  { unions: [{ fields: { podGroupName: "PodGroupName" } }] },
);
export interface PodSchedulingGroup extends TypeOf<typeof podSchedulingGroup> {}

export const podResourceClaim = message("io.k8s.api.core.v1.PodResourceClaim", {
  name: string(1).required(),
  resourceClaimName: string(3).explicit(),
  resourceClaimTemplateName: string(4).explicit(),
});
export interface PodResourceClaim extends TypeOf<typeof podResourceClaim> {}

export const podOS = message("io.k8s.api.core.v1.PodOS", {
  name: string(1).required(),
});
export interface PodOS extends TypeOf<typeof podOS> {}

export const podDNSConfig = message("io.k8s.api.core.v1.PodDNSConfig", {
  nameservers: list(1, aString).atomic(),
  searches: list(2, aString).atomic(),
  options: list(
    3,
    of<PodDNSConfigOption>(() => podDNSConfigOption),
  ).atomic(),
});
export interface PodDNSConfig extends TypeOf<typeof podDNSConfig> {}

export const podDNSConfigOption = message("io.k8s.api.core.v1.PodDNSConfigOption", {
  name: string(1),
  value: string(2).explicit(),
});
export interface PodDNSConfigOption extends TypeOf<typeof podDNSConfigOption> {}

export const hostAlias = message("io.k8s.api.core.v1.HostAlias", {
  ip: string(1).required(),
  hostnames: list(2, aString).atomic(),
});
export interface HostAlias extends TypeOf<typeof hostAlias> {}

export const topologySpreadConstraint = message("io.k8s.api.core.v1.TopologySpreadConstraint", {
  maxSkew: int32(1).required(),
  topologyKey: string(2).required(),
  whenUnsatisfiable: string(3).oneOf("DoNotSchedule", "ScheduleAnyway").required(),
  labelSelector: ref<LabelSelector>(4, () => labelSelector),
  minDomains: int32(5).explicit(),
  nodeAffinityPolicy: string(6).oneOf("Honor", "Ignore").explicit(),
  nodeTaintsPolicy: string(7).oneOf("Honor", "Ignore").explicit(),
  matchLabelKeys: list(8, aString).atomic(),
});
export interface TopologySpreadConstraint extends TypeOf<typeof topologySpreadConstraint> {}

export const toleration = message("io.k8s.api.core.v1.Toleration", {
  key: string(1),
  operator: string(2).oneOf("Equal", "Exists", "Gt", "Lt"),
  value: string(3),
  effect: string(4).oneOf("NoExecute", "NoSchedule", "PreferNoSchedule"),
  tolerationSeconds: int64(5).explicit(),
});
export interface Toleration extends TypeOf<typeof toleration> {}
