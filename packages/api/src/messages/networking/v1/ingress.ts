// Ingress: how requests from outside find services.

import { aString, int32, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";
import {
  typedLocalObjectReference,
  type TypedLocalObjectReference,
} from "../../core/v1/reference.ts";

export const ingress = message("io.k8s.api.networking.v1.Ingress", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<IngressSpec>(2, () => ingressSpec).default({}),
  status: ref<IngressStatus>(3, () => ingressStatus).default({}),
});
export interface Ingress extends TypeOf<typeof ingress> {
  metadata: ObjectMeta;
  spec: IngressSpec;
}

export const ingressSpec = message("io.k8s.api.networking.v1.IngressSpec", {
  ingressClassName: string(4).explicit(),
  defaultBackend: ref<IngressBackend>(1, () => ingressBackend),
  tls: list(
    2,
    of<IngressTLS>(() => ingressTLS),
  ).atomic(),
  rules: list(
    3,
    of<IngressRule>(() => ingressRule),
  ).atomic(),
});
export interface IngressSpec extends TypeOf<typeof ingressSpec> {}

export const ingressRule = message(
  "io.k8s.api.networking.v1.IngressRule",
  {
    host: string(1),
    http: ref<HTTPIngressRuleValue>(1, () => httpIngressRuleValue),
  },
  { embedded: [{ name: "ingressRuleValue", number: 2, fields: ["http"] }] },
);
export interface IngressRule extends TypeOf<typeof ingressRule> {}

export const httpIngressRuleValue = message("io.k8s.api.networking.v1.HTTPIngressRuleValue", {
  paths: list(
    1,
    of<HTTPIngressPath>(() => httpIngressPath),
  )
    .atomic()
    .required(),
});
export interface HTTPIngressRuleValue extends TypeOf<typeof httpIngressRuleValue> {}

export const httpIngressPath = message("io.k8s.api.networking.v1.HTTPIngressPath", {
  path: string(1),
  pathType: string(3).oneOf("Exact", "ImplementationSpecific", "Prefix").required().explicit(),
  backend: ref<IngressBackend>(2, () => ingressBackend)
    .required()
    .default({}),
});
export interface HTTPIngressPath extends TypeOf<typeof httpIngressPath> {}

export const ingressBackend = message("io.k8s.api.networking.v1.IngressBackend", {
  service: ref<IngressServiceBackend>(4, () => ingressServiceBackend),
  resource: ref<TypedLocalObjectReference>(3, () => typedLocalObjectReference),
});
export interface IngressBackend extends TypeOf<typeof ingressBackend> {}

export const ingressServiceBackend = message("io.k8s.api.networking.v1.IngressServiceBackend", {
  name: string(1).required(),
  port: ref<ServiceBackendPort>(2, () => serviceBackendPort).default({}),
});
export interface IngressServiceBackend extends TypeOf<typeof ingressServiceBackend> {}

export const serviceBackendPort = message(
  "io.k8s.api.networking.v1.ServiceBackendPort",
  {
    name: string(1),
    number: int32(2),
  },
  { mapType: "atomic" },
);
export interface ServiceBackendPort extends TypeOf<typeof serviceBackendPort> {}

export const ingressTLS = message("io.k8s.api.networking.v1.IngressTLS", {
  hosts: list(1, aString).atomic(),
  secretName: string(2),
});
export interface IngressTLS extends TypeOf<typeof ingressTLS> {}

export const ingressStatus = message("io.k8s.api.networking.v1.IngressStatus", {
  loadBalancer: ref<IngressLoadBalancerStatus>(1, () => ingressLoadBalancerStatus).default({}),
});
export interface IngressStatus extends TypeOf<typeof ingressStatus> {}

export const ingressLoadBalancerStatus = message(
  "io.k8s.api.networking.v1.IngressLoadBalancerStatus",
  {
    ingress: list(
      1,
      of<IngressLoadBalancerIngress>(() => ingressLoadBalancerIngress),
    ).atomic(),
  },
);
export interface IngressLoadBalancerStatus extends TypeOf<typeof ingressLoadBalancerStatus> {}

export const ingressLoadBalancerIngress = message(
  "io.k8s.api.networking.v1.IngressLoadBalancerIngress",
  {
    ip: string(1),
    hostname: string(2),
    ports: list(
      4,
      of<IngressPortStatus>(() => ingressPortStatus),
    ).atomic(),
  },
);
export interface IngressLoadBalancerIngress extends TypeOf<typeof ingressLoadBalancerIngress> {}

export const ingressPortStatus = message("io.k8s.api.networking.v1.IngressPortStatus", {
  port: int32(1).required(),
  protocol: string(2).oneOf("SCTP", "TCP", "UDP").required(),
  error: string(3).explicit(),
});
export interface IngressPortStatus extends TypeOf<typeof ingressPortStatus> {}
