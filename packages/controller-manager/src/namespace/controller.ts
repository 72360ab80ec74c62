// Empties namespaces that were deleted, pods first, and then lets them go.
// Unlike Kubernetes, it begins at once and not after five seconds, which there are for several API
// servers to hear of the deletion; and it looks again when the last pod went, not by guess.
// @see kubernetes pkg/controller/namespace/deletion

import { isReason, type KubernetesObject, type Namespace, type Pod } from "@kubonsai/api";
import {
  createWorkQueue,
  keyOf,
  runControlLoop,
  type Client,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import { discover, supports, type ServedResource } from "../discovery.ts";
import type { SharedInformers } from "../informers.ts";
import * as resources from "../resources.ts";
import { countLeft, isEmpty, nothingLeft, planConditions, type Remains } from "./plan.ts";

const FINALIZER = "kubernetes";
/** Content that waits for a finalizer is looked at again after this, pods that end after that. */
const LOOK_AGAIN_MS = 1000;
const LOOK_AT_PODS_MS = 5000;

const PODS: ServedResource = {
  ...resources.pods,
  verbs: ["delete", "deletecollection", "list"],
};

export const namespaceController: MakeController = (surroundings) =>
  new NamespaceController(surroundings);

class NamespaceController implements Controller {
  readonly #log: Logger;
  readonly #client: Client;
  readonly #informers: SharedInformers;
  readonly #clock: Clock;
  readonly #queue: WorkQueue;
  readonly #namespaces: ResourceClient<Namespace>;

  constructor({ client, informers, clock, log }: Surroundings) {
    this.#log = log;
    this.#client = client;
    this.#informers = informers;
    this.#clock = clock;
    this.#queue = createWorkQueue({ clock });
    this.#namespaces = client.resource<Namespace>(resources.namespaces);
    const enqueue = (namespace: Namespace) => {
      if (namespace.metadata.deletionTimestamp) this.#queue.add(keyOf(namespace));
    };
    informers.namespaces.on({ added: enqueue, updated: enqueue });
    informers.pods.on({ deleted: (pod) => this.#enqueueWhenLast(pod) });
  }

  run(signal: AbortSignal): Promise<void> {
    const loop = { name: "namespace", informers: [this.#informers.namespaces] };
    const sync = (name: string) => this.#sync(name);
    return runControlLoop({ ...loop, queue: this.#queue, sync, log: this.#log }, signal);
  }

  /** The rest of the namespace waits for its last pod. */
  #enqueueWhenLast({ metadata: { namespace = "" } }: Pod): void {
    const going = this.#informers.namespaces.get("", namespace);
    if (going?.metadata.deletionTimestamp && this.#informers.pods.list(namespace).length === 0) {
      this.#queue.add(namespace);
    }
  }

  async #sync(name: string): Promise<void> {
    const namespace = await this.#namespaces.get("", name).catch(undefinedWhenMissing);
    if (!namespace?.metadata.deletionTimestamp) return;
    if (!namespace.spec?.finalizers?.includes(FINALIZER)) return;
    const current = await this.#markTerminating(namespace);
    const remains = await this.#empty(name);
    const reported = await this.#report(current, remains);
    if (isEmpty(remains)) return this.#finalize(reported);
    const errors = [...remains.discoveryErrors, ...remains.deleteErrors];
    if (errors.length > 0) throw new Error(errors.join(", "));
    this.#queue.addAfter(name, remains.counts.has("pods.") ? LOOK_AT_PODS_MS : LOOK_AGAIN_MS);
  }

  async #markTerminating(namespace: Namespace): Promise<Namespace> {
    if (namespace.status?.phase === "Terminating") return namespace;
    const status = { ...namespace.status, phase: "Terminating" as const };
    return this.#namespaces.updateStatus({ ...namespace, status });
  }

  /** Pods go first; nothing else is touched while one is left. */
  async #empty(name: string): Promise<Remains> {
    const remains = nothingLeft();
    await this.#emptyOf(PODS, name, remains);
    if (remains.counts.size > 0) return remains;
    const served = await discover(this.#client).catch((error: Error) => {
      remains.discoveryErrors.push(error.message);
      return [];
    });
    const deletable = served.filter((one) => one.namespaced && supports(one, "delete", "list"));
    const others = deletable.filter((one) => one.group !== "" || one.resource !== "pods");
    await Promise.all(others.map((one) => this.#emptyOf(one, name, remains)));
    return remains;
  }

  async #emptyOf(served: ServedResource, name: string, remains: Remains): Promise<void> {
    const resource = this.#client.resource<KubernetesObject>(served);
    try {
      const before = await resource.list(name);
      if (before.items.length === 0) return;
      await this.#deleteAll(served, name, before.items);
      const { items } = await resource.list(name);
      countLeft(remains, `${served.resource}.${served.group}`, items);
    } catch (error) {
      if (!isReason(error, "NotFound")) remains.deleteErrors.push((error as Error).message);
    }
  }

  async #deleteAll(served: ServedResource, name: string, items: KubernetesObject[]) {
    const resource = this.#client.resource<KubernetesObject>(served);
    const query = { propagationPolicy: "Background" } as const;
    if (supports(served, "deletecollection")) return resource.deleteCollection(name, query);
    const one = (item: KubernetesObject) =>
      resource.delete(name, item.metadata.name ?? "", query).catch(undefinedWhenMissing);
    await Promise.all(items.map(one));
  }

  async #report(namespace: Namespace, remains: Remains): Promise<Namespace> {
    // while pods are left, nobody has looked at the rest, so that nothing is said of it
    const seen = remains.counts.has("pods.") ? { ...remains, counts: new Map() } : remains;
    const before = namespace.status?.conditions ?? [];
    const conditions = planConditions(before, seen, this.#clock.now());
    if (!conditions) return namespace;
    return this.#namespaces.updateStatus({
      ...namespace,
      status: { ...namespace.status, conditions },
    });
  }

  async #finalize(namespace: Namespace): Promise<void> {
    const finalizers = (namespace.spec?.finalizers ?? []).filter((one) => one !== FINALIZER);
    const body = { ...namespace, spec: { ...namespace.spec, finalizers } };
    const path = `/api/v1/namespaces/${namespace.metadata.name}/finalize`;
    await this.#client.raw("PUT", path, body).catch(undefinedWhenMissing);
  }
}

function undefinedWhenMissing(error: unknown): undefined {
  if (isReason(error, "NotFound")) return undefined;
  throw error;
}
