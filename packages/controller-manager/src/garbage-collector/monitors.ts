// Watches every kind that the server has, so that the graph knows all objects.

import type { KubernetesObject } from "@kubonsai/api";
import { createInformer, type Informer, type InformerHandlers } from "@kubonsai/client";
import type { Surroundings } from "../controller.ts";
import { discover, supports, type ServedResource } from "../discovery.ts";
import * as resources from "../resources.ts";

/** Kinds appear and go with custom resource definitions. */
const REFRESH_MS = 30_000;

export interface Monitors {
  /** Resolves when all kinds known at the start have been listed. */
  start(signal: AbortSignal): Promise<void>;
  /** The resource of a kind that an owner reference names. */
  find(apiVersion: string, kind: string): ServedResource | undefined;
}

interface Monitor {
  informer: Informer<KubernetesObject>;
  stopping: AbortController;
}

export function createMonitors(
  { client, informers, clock, log, random }: Surroundings,
  handlers: InformerHandlers<KubernetesObject>,
): Monitors {
  const monitors = new Map<string, Monitor>();
  let served: ServedResource[] = [];
  const shared: { [resource: string]: Informer<KubernetesObject> } = Object.fromEntries(
    [
      [resources.pods, informers.pods],
      [resources.nodes, informers.nodes],
      [resources.namespaces, informers.namespaces],
      [resources.services, informers.services],
      [resources.endpoints, informers.endpoints],
      [resources.endpointSlices, informers.endpointSlices],
      [resources.serviceAccounts, informers.serviceAccounts],
      [resources.deployments, informers.deployments],
      [resources.replicaSets, informers.replicaSets],
    ].map(([resource, informer]) => [
      nameOf(resource as ServedResource),
      informer as unknown as Informer<KubernetesObject>,
    ]),
  );
  for (const informer of Object.values(shared)) informer.on(handlers);
  return {
    async start(signal) {
      await refresh(signal);
      const refreshing = clock.every(REFRESH_MS, () => {
        refresh(signal).catch((error: unknown) => {
          log.warn({ err: error }, "the kinds of the server could not be asked for");
        });
      });
      signal.addEventListener("abort", () => refreshing.cancel());
      const all = [...monitors.values()].map(({ informer }) => informer);
      await Promise.all([...Object.values(shared), ...all].map((one) => one.synced()));
    },
    find: (apiVersion, kind) =>
      served.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion),
  };

  async function refresh(signal: AbortSignal): Promise<void> {
    const found = await discover(client);
    if (signal.aborted) return;
    served = found;
    const wanted = new Map(found.filter(isMonitored).map((one) => [nameOf(one), one]));
    for (const [name, { stopping }] of monitors) {
      if (wanted.has(name)) continue;
      stopping.abort();
      monitors.delete(name);
    }
    for (const [name, resource] of wanted) {
      if (!Object.hasOwn(shared, name) && !monitors.has(name)) watch(name, resource, signal);
    }
  }

  function watch(name: string, resource: ServedResource, signal: AbortSignal): void {
    const stopping = new AbortController();
    const informer = createInformer<KubernetesObject>(client, resource, {
      clock,
      log,
      random,
      transform: identityOnly,
    });
    informer.on(handlers);
    void informer.run(AbortSignal.any([signal, stopping.signal]));
    monitors.set(name, { informer, stopping });
  }
}

/** Events own nothing and belong to nobody. */
function isMonitored(resource: ServedResource): boolean {
  return resource.resource !== "events" && supports(resource, "list", "watch", "delete");
}

const nameOf = ({ group, resource }: ServedResource) => `${resource}.${group}`;

const apiVersionOf = ({ group, version }: ServedResource) =>
  group === "" ? version : `${group}/${version}`;

const identityOnly = ({ apiVersion, kind, metadata }: KubernetesObject): KubernetesObject => {
  const { managedFields: _, annotations: __, ...kept } = metadata;
  return { ...(apiVersion ? { apiVersion } : {}), ...(kind ? { kind } : {}), metadata: kept };
};
