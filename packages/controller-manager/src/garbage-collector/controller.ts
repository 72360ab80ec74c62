// Deletes what its owners left behind, in the background or before them, or sets it free.
// @see kubernetes pkg/controller/garbagecollector

import { isReason, type KubernetesObject, type OwnerReference } from "@kubonsai/api";
import {
  aborted,
  createWorkQueue,
  runControlLoop,
  type Client,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import {
  FOREGROUND_FINALIZER,
  isDeletingDependents,
  isOrphaning,
  isOwnerAt,
  ORPHAN_FINALIZER,
  OwnerGraph,
  type Attention,
  type GraphNode,
} from "./graph.ts";
import { Monitors } from "./monitors.ts";
import { blockingDependents, planCollection, type OwnerState } from "./plan.ts";

const CONCURRENCY = 20;
/** So many owners known to be gone are remembered. */
const MOST_ABSENT = 5000;

export const garbageCollector: MakeController = (surroundings) =>
  new GarbageCollector(surroundings);

class GarbageCollector implements Controller {
  readonly #log: Logger;
  readonly #client: Client;
  readonly #clock: Clock;
  readonly #graph = new OwnerGraph();
  /** Uids of owners known to be gone. */
  readonly #absent = new Set<string>();
  readonly #collecting: WorkQueue;
  readonly #orphaning: WorkQueue;
  readonly #monitors: Monitors;

  constructor(surroundings: Surroundings) {
    const { client, clock, log } = surroundings;
    this.#log = log;
    this.#client = client;
    this.#clock = clock;
    this.#collecting = createWorkQueue({ clock });
    this.#orphaning = createWorkQueue({ clock });
    const put = (object: KubernetesObject) => this.#attend(this.#graph.put(object));
    this.#monitors = new Monitors(surroundings, {
      added: put,
      updated: put,
      deleted: ({ metadata }) => this.#forget(metadata.uid ?? ""),
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    // nothing is judged before every kind was listed: an owner that was not seen is not yet gone
    const synced = this.#startMonitors(signal);
    const informers = [{ synced: () => synced }];
    const loop = { name: "garbage-collector", informers, concurrency: CONCURRENCY, log: this.#log };
    await Promise.all([
      runControlLoop(
        { ...loop, queue: this.#collecting, sync: (uid) => this.#collect(uid) },
        signal,
      ),
      runControlLoop({ ...loop, queue: this.#orphaning, sync: (uid) => this.#orphan(uid) }, signal),
    ]);
  }

  async #startMonitors(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await Promise.race([this.#monitors.start(signal), aborted(signal)]);
      } catch (error) {
        this.#log.warn({ err: error }, "the garbage collector cannot start yet");
        await this.#clock.sleep(1000, signal);
      }
    }
  }

  #attend({ collect, orphan }: Attention): void {
    for (const { uid } of collect) this.#collecting.add(uid);
    for (const { uid } of orphan) this.#orphaning.add(uid);
  }

  #forget(uid: string): void {
    this.#absent.add(uid);
    if (this.#absent.size > MOST_ABSENT) this.#absent.delete(this.#absent.values().next().value!);
    this.#attend(this.#graph.remove(uid));
  }

  async #collect(uid: string): Promise<void> {
    const node = this.#graph.get(uid);
    if (!node) return;
    if (node.isVirtual) return this.#verify(node);
    if (isDeletingDependents(node)) return this.#awaitDependents(node);
    if (node.isDeleting) return;
    const owners = await Promise.all(
      node.owners.map(async (reference) => ({
        reference,
        state: await this.#stateOf(reference, node),
      })),
    );
    const plan = planCollection(node, owners);
    if (plan.do === "keep") return;
    if (plan.do === "dropOwners") return this.#dropOwners(node, plan.uids);
    if (plan.unblock) await this.#unblock(node);
    const preconditions = { uid, resourceVersion: node.resourceVersion };
    const query = { propagationPolicy: plan.policy, preconditions };
    await ignoringMissing(this.#clientOf(node).delete(node.namespace, node.name, query));
  }

  /** An owner that no informer has shown may have been gone before anyone looked. */
  async #verify(node: GraphNode): Promise<void> {
    const found = await ignoringMissing(this.#clientOf(node).get(node.namespace, node.name));
    if (found?.metadata.uid !== node.uid) this.#forget(node.uid);
  }

  async #awaitDependents(node: GraphNode): Promise<void> {
    const blocking = blockingDependents(node);
    if (blocking.length === 0) return this.#removeFinalizer(node, FOREGROUND_FINALIZER);
    for (const dependent of blocking) {
      if (!isDeletingDependents(dependent)) this.#collecting.add(dependent.uid);
    }
  }

  async #stateOf(reference: OwnerReference, node: GraphNode): Promise<OwnerState> {
    const owner = this.#graph.get(reference.uid);
    if (owner && !owner.isVirtual && isOwnerAt(owner, node)) {
      return isDeletingDependents(owner) ? "waiting" : "present";
    }
    if (this.#absent.has(reference.uid)) return "absent";
    const { apiVersion, kind, name, uid } = reference;
    const resource = this.#resourceOf(apiVersion, kind);
    // an object without a namespace cannot name an owner within one; nobody may judge that it is gone
    if (resource.kind.namespaced && node.namespace === "") return "present";
    const found = await ignoringMissing(resource.get(node.namespace, name));
    if (found?.metadata.uid !== uid) return "absent";
    const { deletionTimestamp, finalizers = [] } = found.metadata;
    const isWaiting = deletionTimestamp && finalizers.includes(FOREGROUND_FINALIZER);
    return isWaiting ? "waiting" : "present";
  }

  async #orphan(uid: string): Promise<void> {
    const node = this.#graph.get(uid);
    if (!node || !isOrphaning(node)) return;
    await Promise.all([...node.dependents].map((dependent) => this.#dropOwners(dependent, [uid])));
    await this.#removeFinalizer(node, ORPHAN_FINALIZER);
  }

  async #dropOwners(node: GraphNode, uids: readonly string[]): Promise<void> {
    const kept = node.owners.filter(({ uid }) => !uids.includes(uid));
    await this.#writeOwners(node, kept);
  }

  async #unblock(node: GraphNode): Promise<void> {
    await this.#writeOwners(
      node,
      node.owners.map((owner) => ({ ...owner, blockOwnerDeletion: false })),
    );
  }

  /** As a merge patch, which every kind understands; a lost race is tried again. */
  async #writeOwners(node: GraphNode, owners: readonly OwnerReference[]): Promise<void> {
    const { uid, resourceVersion } = node;
    const ownerReferences = owners.length > 0 ? owners : null;
    const body = { metadata: { uid, resourceVersion, ownerReferences } };
    await this.#patch(node, body);
  }

  async #removeFinalizer(node: GraphNode, finalizer: string): Promise<void> {
    const current = await ignoringMissing(this.#clientOf(node).get(node.namespace, node.name));
    if (current?.metadata.uid !== node.uid) return;
    const { resourceVersion, finalizers = [] } = current.metadata;
    if (!finalizers.includes(finalizer)) return;
    const body = {
      metadata: { resourceVersion, finalizers: finalizers.filter((one) => one !== finalizer) },
    };
    await this.#patch(node, body);
  }

  async #patch(node: GraphNode, body: object): Promise<void> {
    const { namespace, name } = node;
    await ignoringMissing(this.#clientOf(node).patch(namespace, name, { type: "merge", body }));
  }

  #clientOf({ apiVersion, kind }: GraphNode): ResourceClient<KubernetesObject> {
    return this.#resourceOf(apiVersion, kind);
  }

  #resourceOf(apiVersion: string, kind: string): ResourceClient<KubernetesObject> {
    const resource = this.#monitors.find(apiVersion, kind);
    if (!resource) throw new Error(`the server has no kind ${kind} in ${apiVersion}`);
    return this.#client.resource<KubernetesObject>(resource);
  }
}

async function ignoringMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isReason(error, "NotFound")) return undefined;
    throw error;
  }
}
