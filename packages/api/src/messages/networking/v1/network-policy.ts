// NetworkPolicy: who may speak with pods, and with whom they may.

import {
  aString,
  int32,
  intOrString,
  list,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const networkPolicy = message("io.k8s.api.networking.v1.NetworkPolicy", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<NetworkPolicySpec>(2, () => networkPolicySpec).default({}),
});
export interface NetworkPolicy extends TypeOf<typeof networkPolicy> {
  metadata: ObjectMeta;
  spec: NetworkPolicySpec;
}

export const networkPolicySpec = message("io.k8s.api.networking.v1.NetworkPolicySpec", {
  podSelector: ref<LabelSelector>(1, () => labelSelector).default({}),
  ingress: list(
    2,
    of<NetworkPolicyIngressRule>(() => networkPolicyIngressRule),
  ).atomic(),
  egress: list(
    3,
    of<NetworkPolicyEgressRule>(() => networkPolicyEgressRule),
  ).atomic(),
  policyTypes: list(4, aString).atomic(),
});
export interface NetworkPolicySpec extends TypeOf<typeof networkPolicySpec> {}

export const networkPolicyIngressRule = message(
  "io.k8s.api.networking.v1.NetworkPolicyIngressRule",
  {
    ports: list(
      1,
      of<NetworkPolicyPort>(() => networkPolicyPort),
    ).atomic(),
    from: list(
      2,
      of<NetworkPolicyPeer>(() => networkPolicyPeer),
    ).atomic(),
  },
);
export interface NetworkPolicyIngressRule extends TypeOf<typeof networkPolicyIngressRule> {}

export const networkPolicyEgressRule = message("io.k8s.api.networking.v1.NetworkPolicyEgressRule", {
  ports: list(
    1,
    of<NetworkPolicyPort>(() => networkPolicyPort),
  ).atomic(),
  to: list(
    2,
    of<NetworkPolicyPeer>(() => networkPolicyPeer),
  ).atomic(),
});
export interface NetworkPolicyEgressRule extends TypeOf<typeof networkPolicyEgressRule> {}

export const networkPolicyPeer = message("io.k8s.api.networking.v1.NetworkPolicyPeer", {
  podSelector: ref<LabelSelector>(1, () => labelSelector),
  namespaceSelector: ref<LabelSelector>(2, () => labelSelector),
  ipBlock: ref<IPBlock>(3, () => ipBlock),
});
export interface NetworkPolicyPeer extends TypeOf<typeof networkPolicyPeer> {}

export const networkPolicyPort = message("io.k8s.api.networking.v1.NetworkPolicyPort", {
  protocol: string(1).oneOf("SCTP", "TCP", "UDP").explicit(),
  port: intOrString(2).explicit(),
  endPort: int32(3).explicit(),
});
export interface NetworkPolicyPort extends TypeOf<typeof networkPolicyPort> {}

export const ipBlock = message("io.k8s.api.networking.v1.IPBlock", {
  cidr: string(1).required(),
  except: list(2, aString).atomic(),
});
export interface IPBlock extends TypeOf<typeof ipBlock> {}
