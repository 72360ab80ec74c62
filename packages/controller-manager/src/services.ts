// Services and the pods behind them, as both endpoint controllers see them.
// @see kubernetes staging/src/k8s.io/endpointslice/util

import type { Pod, Service, ServicePort } from "@kubonsai/api";
import { keyOf, type InformerHandlers } from "@kubonsai/client";
import type { SharedInformers } from "./informers.ts";
import { hasLabels } from "./label-selector.ts";
import { isPodReady, isPodTerminal } from "./pods/pod-state.ts";

/** Whether its endpoints are found by a selector; others are filled by someone else. */
export function hasOwnEndpoints({ spec }: Service): boolean {
  return spec.type !== "ExternalName" && spec.selector !== undefined;
}

export function isHeadless({ spec }: Service): boolean {
  return !spec.clusterIP || spec.clusterIP === "None";
}

/** An empty selector selects every pod of the namespace. */
export function podsBehind({ metadata, spec }: Service, { pods }: SharedInformers): Pod[] {
  const selector = spec.selector ?? {};
  return pods.list(metadata.namespace).filter((pod) => hasLabels(selector, pod.metadata.labels));
}

/** Whether a pod has an address to be listed under, and is not over. */
export function mayBeListed(pod: Pod): boolean {
  const hasAddress = Boolean(pod.status?.podIP) || (pod.status?.podIPs?.length ?? 0) > 0;
  return hasAddress && !isPodTerminal(pod);
}

/** The number of a service's port in this pod; undefined when the pod has no port of that name. */
export function targetPortIn(pod: Pod, { targetPort, port, protocol }: ServicePort) {
  if (targetPort === undefined) return port;
  if (typeof targetPort === "number") return targetPort;
  const { containers, initContainers = [] } = pod.spec;
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  for (const { ports = [] } of [...containers, ...sidecars]) {
    const found = ports.find(
      (one) => one.name === targetPort && (one.protocol ?? "TCP") === (protocol ?? "TCP"),
    );
    if (found) return found.containerPort;
  }
  return undefined;
}

/** The name under which DNS knows the pod, where pod and service agree on one. */
export function hostnameIn({ metadata }: Service, pod: Pod): string | undefined {
  const isIn =
    pod.spec.subdomain === metadata.name && metadata.namespace === pod.metadata.namespace;
  return isIn && pod.spec.hostname ? pod.spec.hostname : undefined;
}

/** Calls `changed` with the key of every service whose endpoints a change may concern. */
export function serviceHandlers(
  { services }: SharedInformers,
  changed: (key: string) => void,
): { service: InformerHandlers<Service>; pod: InformerHandlers<Pod> } {
  const tell = (service: Service) => changed(keyOf(service));
  const tellBehind = (...states: Pod[]) => {
    for (const service of services.list(states[0]!.metadata.namespace)) {
      const selector = service.spec.selector;
      if (selector && states.some(({ metadata }) => hasLabels(selector, metadata.labels))) {
        tell(service);
      }
    }
  };
  return {
    service: { added: tell, updated: tell, deleted: tell },
    pod: {
      added: (pod) => tellBehind(pod),
      updated(pod, old) {
        if (looksOf(pod) !== looksOf(old)) tellBehind(pod, old);
      },
      deleted: (pod) => tellBehind(pod),
    },
  };
}

/** All of a pod that endpoints show. */
function looksOf(pod: Pod): string {
  const { metadata, spec, status } = pod;
  return JSON.stringify([
    metadata.labels,
    metadata.deletionTimestamp !== undefined,
    spec.hostname,
    spec.subdomain,
    isPodReady(pod),
    isPodTerminal(pod),
    status?.podIPs?.map(({ ip }) => ip) ?? status?.podIP,
  ]);
}
