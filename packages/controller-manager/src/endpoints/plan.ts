// What a service's Endpoints object should list.
// @see kubernetes pkg/controller/endpoint and pkg/api/v1/endpoints RepackSubsets

import { isDeepStrictEqual } from "node:util";
import type {
  EndpointAddress,
  EndpointPort,
  EndpointSubset,
  Endpoints,
  Pod,
  Service,
} from "@kubonsai/api";
import { isPodReady } from "../pods/pod-state.ts";
import { hostnameIn, isHeadless, mayBeListed, targetPortIn } from "../services.ts";
import { withTriggerTime } from "../trigger-times.ts";

const OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const HEADLESS = "service.kubernetes.io/headless";
/** More addresses are not listed. */
const CAPACITY = 1000;

export interface EndpointsView {
  service: Service;
  pods: readonly Pod[];
  current: Endpoints | undefined;
  triggerTime: string | undefined;
}

/** The object to create or update; undefined when `current` is right. */
export function planEndpoints(view: EndpointsView): Endpoints | undefined {
  const { service, current } = view;
  const all = subsetsOf(service, view.pods);
  const { subsets, isCut } = truncated(all);
  const labels = labelsOf(service);
  const isRight =
    current !== undefined &&
    isDeepStrictEqual(plain(current.subsets ?? []), plain(subsets)) &&
    isDeepStrictEqual({ ...current.metadata.labels }, labels) &&
    (current.metadata.annotations?.[OVER_CAPACITY] === "truncated") === isCut;
  if (isRight) return undefined;
  const { [OVER_CAPACITY]: _, ...kept } = current?.metadata.annotations ?? {};
  const annotations = withTriggerTime(kept, view.triggerTime);
  if (isCut) annotations[OVER_CAPACITY] = "truncated";
  const { name, namespace } = service.metadata;
  const metadata = { ...(current?.metadata ?? { name, namespace }), labels, annotations };
  const object = { apiVersion: "v1", kind: "Endpoints", metadata };
  return subsets.length > 0 ? { ...object, subsets } : object;
}

function labelsOf(service: Service): { [name: string]: string } {
  const { [HEADLESS]: _, ...labels } = service.metadata.labels ?? {};
  return {
    ...labels,
    ...(isHeadless(service) ? { [HEADLESS]: "" } : {}),
    [MANAGED_BY]: "endpoint-controller",
  };
}

interface Listed {
  address: EndpointAddress;
  isReady: boolean;
}

/** Addresses that offer the same ports, in the same state, are one subset. */
function subsetsOf(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const byPort = new Map<string, { port: EndpointPort | undefined; listed: Listed[] }>();
  for (const pod of pods) {
    const listed = listedPod(service, pod);
    if (!listed) continue;
    for (const port of portsOf(service, pod)) {
      const key = JSON.stringify(port ?? null);
      const entry = byPort.get(key) ?? { port, listed: [] };
      entry.listed.push(listed);
      byPort.set(key, entry);
    }
  }
  const bySet = new Map<string, { ports: EndpointPort[]; listed: Listed[] }>();
  for (const { port, listed } of byPort.values()) {
    const sorted = listed.sort((a, b) => compareAddresses(a.address, b.address));
    const key = sorted.map(({ address, isReady }) => `${uidOf(address)} ${isReady}`).join();
    const entry = bySet.get(key) ?? { ports: [], listed: sorted };
    if (port) entry.ports.push(port);
    bySet.set(key, entry);
  }
  return [...bySet.values()].map(subset).sort(compareSubsets);
}

function subset({ ports, listed }: { ports: EndpointPort[]; listed: Listed[] }): EndpointSubset {
  const ready = listed.filter(({ isReady }) => isReady).map(({ address }) => address);
  const notReady = listed.filter(({ isReady }) => !isReady).map(({ address }) => address);
  ports.sort((a, b) => a.port - b.port || ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
  return {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}

function listedPod(service: Service, pod: Pod): Listed | undefined {
  const publishAll = service.spec.publishNotReadyAddresses === true;
  if (!mayBeListed(pod) || (pod.metadata.deletionTimestamp && !publishAll)) return undefined;
  const ip = addressIn(service, pod);
  if (!ip) return undefined;
  const { namespace, name, uid } = pod.metadata;
  const hostname = hostnameIn(service, pod);
  const address = {
    ip,
    ...(hostname ? { hostname } : {}),
    nodeName: pod.spec.nodeName,
    targetRef: { kind: "Pod", namespace, name, uid },
  };
  return { address, isReady: publishAll || isPodReady(pod) };
}

/** Of the service's first address family. */
function addressIn({ spec }: Service, { status }: Pod): string | undefined {
  const wantsV6 = spec.ipFamilies?.[0] === "IPv6" || (spec.clusterIP ?? "").includes(":");
  const all = status?.podIPs?.map(({ ip }) => ip) ?? [status?.podIP ?? ""];
  return all.find((ip) => ip && ip.includes(":") === wantsV6);
}

/** A headless service may have none, and lists its pods all the same. */
function portsOf(service: Service, pod: Pod): (EndpointPort | undefined)[] {
  const { ports = [] } = service.spec;
  if (ports.length === 0) return isHeadless(service) ? [undefined] : [];
  return ports.flatMap((servicePort) => {
    const port = targetPortIn(pod, servicePort);
    if (port === undefined) return [];
    const { name, protocol = "TCP", appProtocol } = servicePort;
    return [{ ...(name ? { name } : {}), port, protocol, ...(appProtocol ? { appProtocol } : {}) }];
  });
}

/** Ready addresses are cut last. */
function truncated(subsets: EndpointSubset[]): { subsets: EndpointSubset[]; isCut: boolean } {
  const total = (of: "addresses" | "notReadyAddresses") =>
    subsets.reduce((sum, one) => sum + (one[of]?.length ?? 0), 0);
  const ready = total("addresses");
  if (ready + total("notReadyAddresses") <= CAPACITY) return { subsets, isCut: false };
  let roomReady = CAPACITY;
  let roomOther = Math.max(0, CAPACITY - ready);
  const cut = subsets.map(({ addresses = [], notReadyAddresses = [], ports }) => {
    const kept = addresses.slice(0, roomReady);
    const others = notReadyAddresses.slice(0, roomOther);
    roomReady -= kept.length;
    roomOther -= others.length;
    return {
      ...(kept.length > 0 ? { addresses: kept } : {}),
      ...(others.length > 0 ? { notReadyAddresses: others } : {}),
      ...(ports ? { ports } : {}),
    };
  });
  const isLeft = (one: EndpointSubset) => Boolean(one.addresses ?? one.notReadyAddresses);
  return { subsets: cut.filter(isLeft), isCut: true };
}

const uidOf = ({ ip, targetRef }: EndpointAddress) => `${ip} ${targetRef?.uid ?? ""}`;

const compareAddresses = (a: EndpointAddress, b: EndpointAddress) =>
  a.ip === b.ip ? (uidOf(a) < uidOf(b) ? -1 : 1) : a.ip < b.ip ? -1 : 1;

const compareSubsets = (a: EndpointSubset, b: EndpointSubset) =>
  JSON.stringify(a.ports ?? []) < JSON.stringify(b.ports ?? []) ? -1 : 1;

/** Without members that are absent on the wire. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
