// Watches every kind that the server has, so that the graph knows all objects.

import type { KubernetesObject } from "@kubonsai/api";
import {
  createInformer,
  type Informer,
  type InformerHandlers,
  type NamedResource,
} from "@kubonsai/client";
import type { Surroundings } from "../controller.ts";
import { discover, supports, type ServedResource } from "../discovery.ts";
import type { SharedInformers } from "../informers.ts";
import * as resources from "../resources.ts";

/** Kinds appear and go with custom resource definitions. */
const REFRESH_MS = 30_000;

interface Monitor {
  informer: Informer<KubernetesObject>;
  stopping: AbortController;
}

export class Monitors {
  readonly #with: Surroundings;
  readonly #handlers: InformerHandlers<KubernetesObject>;
  /** Kinds that other controllers watch as well. */
  readonly #shared: ReadonlyMap<string, Informer<KubernetesObject>>;
  readonly #own = new Map<string, Monitor>();
  #served: ServedResource[] = [];

  constructor(surroundings: Surroundings, handlers: InformerHandlers<KubernetesObject>) {
    this.#with = surroundings;
    this.#handlers = handlers;
    this.#shared = sharedByName(surroundings.informers);
    for (const informer of this.#shared.values()) informer.on(handlers);
  }

  /** Resolves when all kinds known at the start have been listed. */
  async start(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#with;
    await this.#refresh(signal);
    const refreshing = clock.every(REFRESH_MS, () => {
      this.#refresh(signal).catch((error: unknown) => {
        log.warn({ err: error }, "the kinds of the server could not be asked for");
      });
    });
    signal.addEventListener("abort", () => refreshing.cancel());
    const own = [...this.#own.values()].map(({ informer }) => informer);
    await Promise.all([...this.#shared.values(), ...own].map((one) => one.synced()));
  }

  /** The resource of a kind that an owner reference names. */
  find(apiVersion: string, kind: string): ServedResource | undefined {
    return this.#served.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion);
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    const found = await discover(this.#with.client);
    if (signal.aborted) return;
    this.#served = found;
    const wanted = new Map(found.filter(isMonitored).map((one) => [nameOf(one), one]));
    for (const [name, { stopping }] of this.#own) {
      if (wanted.has(name)) continue;
      stopping.abort();
      this.#own.delete(name);
    }
    for (const [name, resource] of wanted) {
      if (!this.#shared.has(name) && !this.#own.has(name)) this.#watch(resource, signal);
    }
  }

  #watch(resource: ServedResource, signal: AbortSignal): void {
    const { client, clock, log, random } = this.#with;
    const options = { clock, log, random, transform: identityOnly };
    const informer = createInformer<KubernetesObject>(client, resource, options);
    const stopping = new AbortController();
    informer.on(this.#handlers);
    void informer.run(AbortSignal.any([signal, stopping.signal]));
    this.#own.set(nameOf(resource), { informer, stopping });
  }
}

function sharedByName(informers: SharedInformers): Map<string, Informer<KubernetesObject>> {
  const pairs: [NamedResource, unknown][] = [
    [resources.pods, informers.pods],
    [resources.nodes, informers.nodes],
    [resources.namespaces, informers.namespaces],
    [resources.services, informers.services],
    [resources.endpoints, informers.endpoints],
    [resources.endpointSlices, informers.endpointSlices],
    [resources.serviceAccounts, informers.serviceAccounts],
    [resources.deployments, informers.deployments],
    [resources.replicaSets, informers.replicaSets],
  ];
  // read only: the graph takes from every object what every object has
  return new Map(
    pairs.map(([resource, one]) => [nameOf(resource), one as Informer<KubernetesObject>]),
  );
}

/** Events own nothing and belong to nobody. */
function isMonitored(resource: ServedResource): boolean {
  return resource.resource !== "events" && supports(resource, "list", "watch", "delete");
}

const nameOf = ({ group, resource }: NamedResource) => `${resource}.${group}`;

const apiVersionOf = ({ group, version }: NamedResource) =>
  group === "" ? version : `${group}/${version}`;

const identityOnly = ({ apiVersion, kind, metadata }: KubernetesObject): KubernetesObject => {
  const { managedFields: _, annotations: __, ...kept } = metadata;
  return { ...(apiVersion ? { apiVersion } : {}), ...(kind ? { kind } : {}), metadata: kept };
};
