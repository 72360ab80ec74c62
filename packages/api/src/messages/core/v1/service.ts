// Service: a stable name and address in front of pods.

import {
  aString,
  boolean,
  int32,
  intOrString,
  list,
  map,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { condition, type Condition } from "../../../metadata/condition.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const service = message("io.k8s.api.core.v1.Service", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<ServiceSpec>(2, () => serviceSpec).default({}),
  status: ref<ServiceStatus>(3, () => serviceStatus).default({}),
});
export interface Service extends TypeOf<typeof service> {
  metadata: ObjectMeta;
  spec: ServiceSpec;
}

export const serviceSpec = message("io.k8s.api.core.v1.ServiceSpec", {
  ports: list(
    1,
    of<ServicePort>(() => servicePort),
  )
    .listMap("port", "protocol")
    .merge("port"),
  selector: map(2, aString).atomic(),
  clusterIP: string(3),
  clusterIPs: list(18, aString).atomic(),
  type: string(4).oneOf("ClusterIP", "ExternalName", "LoadBalancer", "NodePort"),
  externalIPs: list(5, aString).atomic(),
  sessionAffinity: string(7).oneOf("ClientIP", "None"),
  loadBalancerIP: string(8),
  loadBalancerSourceRanges: list(9, aString).atomic(),
  externalName: string(10),
  externalTrafficPolicy: string(11).oneOf("Cluster", "Local"),
  healthCheckNodePort: int32(12),
  publishNotReadyAddresses: boolean(13),
  sessionAffinityConfig: ref<SessionAffinityConfig>(14, () => sessionAffinityConfig),
  ipFamilies: list(19, aString).atomic(),
  ipFamilyPolicy: string(17).oneOf("PreferDualStack", "RequireDualStack", "SingleStack").explicit(),
  allocateLoadBalancerNodePorts: boolean(20).explicit(),
  loadBalancerClass: string(21).explicit(),
  internalTrafficPolicy: string(22).oneOf("Cluster", "Local").explicit(),
  trafficDistribution: string(23).explicit(),
});
export interface ServiceSpec extends TypeOf<typeof serviceSpec> {}

export const servicePort = message("io.k8s.api.core.v1.ServicePort", {
  name: string(1),
  protocol: string(2).oneOf("SCTP", "TCP", "UDP").default("TCP"),
  appProtocol: string(6).explicit(),
  port: int32(3).required(),
  targetPort: intOrString(4),
  nodePort: int32(5),
});
export interface ServicePort extends TypeOf<typeof servicePort> {}

export const sessionAffinityConfig = message("io.k8s.api.core.v1.SessionAffinityConfig", {
  clientIP: ref<ClientIPConfig>(1, () => clientIPConfig),
});
export interface SessionAffinityConfig extends TypeOf<typeof sessionAffinityConfig> {}

export const clientIPConfig = message("io.k8s.api.core.v1.ClientIPConfig", {
  timeoutSeconds: int32(1).explicit(),
});
export interface ClientIPConfig extends TypeOf<typeof clientIPConfig> {}

export const serviceStatus = message("io.k8s.api.core.v1.ServiceStatus", {
  loadBalancer: ref<LoadBalancerStatus>(1, () => loadBalancerStatus).default({}),
  conditions: list(
    2,
    of<Condition>(() => condition),
  )
    .listMap("type")
    .merge("type"),
});
export interface ServiceStatus extends TypeOf<typeof serviceStatus> {}

export const loadBalancerStatus = message("io.k8s.api.core.v1.LoadBalancerStatus", {
  ingress: list(
    1,
    of<LoadBalancerIngress>(() => loadBalancerIngress),
  ).atomic(),
});
export interface LoadBalancerStatus extends TypeOf<typeof loadBalancerStatus> {}

export const loadBalancerIngress = message("io.k8s.api.core.v1.LoadBalancerIngress", {
  ip: string(1),
  hostname: string(2),
  ipMode: string(3).explicit(),
  ports: list(
    4,
    of<PortStatus>(() => portStatus),
  ).atomic(),
});
export interface LoadBalancerIngress extends TypeOf<typeof loadBalancerIngress> {}

export const portStatus = message("io.k8s.api.core.v1.PortStatus", {
  port: int32(1).required(),
  protocol: string(2).oneOf("SCTP", "TCP", "UDP").required(),
  error: string(3).explicit(),
});
export interface PortStatus extends TypeOf<typeof portStatus> {}
