// One endpoint slice: how it is labelled, whose it is, what an endpoint in it looks like.
// @see kubernetes staging/src/k8s.io/endpointslice/utils.go

import type { Endpoint, EndpointSlice, EndpointSlicePort, Node, Pod, Service } from "@kubonsai/api";
import { controllerReference } from "../ownership/controller-reference.ts";
import { isPodReady } from "../pods/pod-state.ts";
import { hostnameIn, isHeadless, targetPortIn } from "../services.ts";

export const SERVICE_NAME = "kubernetes.io/service-name";
export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
export const MANAGER = "endpointslice-controller.k8s.io";
const HEADLESS = "service.kubernetes.io/headless";
const RESERVED = new Set([SERVICE_NAME, MANAGED_BY, HEADLESS]);

export type AddressType = "IPv4" | "IPv6";

type Labels = { [name: string]: string };

export function newSlice(
  service: Service,
  { addressType, ports }: { addressType: AddressType; ports: EndpointSlicePort[] },
): EndpointSlice {
  const { namespace, name } = service.metadata;
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: sliceLabels(service),
      ownerReferences: [controllerReference({ ...service, apiVersion: "v1", kind: "Service" })],
    },
    addressType,
    endpoints: [],
    ports,
  };
}

/** The service's own labels, and ours. */
export function sliceLabels(service: Service): Labels {
  return {
    ...unreserved(service.metadata.labels),
    ...(isHeadless(service) ? { [HEADLESS]: "" } : {}),
    [SERVICE_NAME]: service.metadata.name ?? "",
    [MANAGED_BY]: MANAGER,
  };
}

export function unreserved(labels: Labels | undefined): Labels {
  return Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => !RESERVED.has(name)));
}

export function isOwnedBy({ metadata }: EndpointSlice, service: Service): boolean {
  const references = metadata.ownerReferences ?? [];
  return references.some(({ uid, kind }) => uid === service.metadata.uid && kind === "Service");
}

export function addressTypesOf({ spec }: Service): AddressType[] {
  const families = (spec.ipFamilies ?? []) as AddressType[];
  if (families.length > 0) return families;
  return [(spec.clusterIP ?? "").includes(":") ? "IPv6" : "IPv4"];
}

/** The pod as an endpoint; undefined when it has no address of this type. */
export function endpointOf(
  pod: Pod,
  { service, node, addressType }: { service: Service; node?: Node; addressType: AddressType },
): Endpoint | undefined {
  const addresses = addressesOf(pod, addressType);
  if (addresses.length === 0) return undefined;
  const { namespace, name, uid, deletionTimestamp } = pod.metadata;
  const serving = isPodReady(pod);
  const terminating = deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const hostname = hostnameIn(service, pod);
  const zone = node?.metadata.labels?.["topology.kubernetes.io/zone"];
  return {
    addresses,
    conditions: { ready, serving, terminating },
    ...(hostname ? { hostname } : {}),
    targetRef: { kind: "Pod", namespace, name, uid },
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

function addressesOf({ status }: Pod, addressType: AddressType): string[] {
  const all = status?.podIPs?.map(({ ip }) => ip) ?? [status?.podIP ?? ""];
  return all.filter((ip) => ip && ip.includes(":") === (addressType === "IPv6"));
}

/** The service's ports in this pod, those left out that it does not have. */
export function portsOf({ spec }: Service, pod: Pod): EndpointSlicePort[] {
  return (spec.ports ?? []).flatMap((servicePort) => {
    const port = targetPortIn(pod, servicePort);
    if (port === undefined) return [];
    const { name = "", protocol = "TCP", appProtocol } = servicePort;
    return [{ name, port, protocol, ...(appProtocol ? { appProtocol } : {}) }];
  });
}

/** Slices with the same ports have the same key, in whatever order they are. */
export function portsKey(ports: readonly EndpointSlicePort[] | undefined): string {
  return (ports ?? [])
    .map(({ name, port, protocol, appProtocol }) =>
      JSON.stringify([name ?? "", port, protocol ?? "TCP", appProtocol ?? ""]),
    )
    .sort()
    .join();
}
