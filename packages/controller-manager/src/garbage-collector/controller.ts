// Deletes what its owners left behind, in the background or before them, or sets it free.
// @see kubernetes pkg/controller/garbagecollector

import { isReason, type KubernetesObject, type OwnerReference } from "@kubonsai/api";
import { aborted, createWorkQueue, runControlLoop, type ResourceClient } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
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
import { createMonitors } from "./monitors.ts";
import { blockingDependents, planCollection, type OwnerState } from "./plan.ts";

const CONCURRENCY = 20;
/** Uids of owners known to be gone; so many are remembered. */
const MOST_ABSENT = 5000;

export function garbageCollector(surroundings: Surroundings): Controller {
  const { client, clock, log } = surroundings;
  const graph = new OwnerGraph();
  const absent = new Set<string>();
  const collecting = createWorkQueue({ clock });
  const orphaning = createWorkQueue({ clock });
  const put = (object: KubernetesObject) => attend(graph.put(object));
  const monitors = createMonitors(surroundings, {
    added: put,
    updated: put,
    deleted: ({ metadata }) => forget(metadata.uid ?? ""),
  });
  return { run };

  async function run(signal: AbortSignal): Promise<void> {
    // nothing is judged before every kind was listed: an owner that was not seen is not yet gone
    const synced = startMonitors(signal);
    const informers = [{ synced: () => synced }];
    const loop = { name: "garbage-collector", informers, concurrency: CONCURRENCY, log };
    await Promise.all([
      runControlLoop({ ...loop, queue: collecting, sync: collect }, signal),
      runControlLoop({ ...loop, queue: orphaning, sync: orphan }, signal),
    ]);
  }

  async function startMonitors(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await Promise.race([monitors.start(signal), aborted(signal)]);
      } catch (error) {
        log.warn({ err: error }, "the garbage collector cannot start yet");
        await clock.sleep(1000, signal);
      }
    }
  }

  function attend({ collect, orphan }: Attention): void {
    for (const { uid } of collect) collecting.add(uid);
    for (const { uid } of orphan) orphaning.add(uid);
  }

  function forget(uid: string): void {
    absent.add(uid);
    if (absent.size > MOST_ABSENT) absent.delete(absent.values().next().value!);
    attend(graph.remove(uid));
  }

  async function collect(uid: string): Promise<void> {
    const node = graph.get(uid);
    if (!node) return;
    if (node.isVirtual) return verify(node);
    if (isDeletingDependents(node)) return awaitDependents(node);
    if (node.isDeleting) return;
    const owners = await Promise.all(
      node.owners.map(async (reference) => ({ reference, state: await stateOf(reference, node) })),
    );
    const plan = planCollection(node, owners);
    if (plan.do === "keep") return;
    if (plan.do === "dropOwners") return dropOwners(node, plan.uids);
    if (plan.unblock) await unblock(node);
    const preconditions = { uid, resourceVersion: node.resourceVersion };
    const query = { propagationPolicy: plan.policy, preconditions };
    await ignoringMissing(clientOf(node).delete(node.namespace, node.name, query));
  }

  /** An owner that no informer has shown may have been gone before anyone looked. */
  async function verify(node: GraphNode): Promise<void> {
    const found = await ignoringMissing(clientOf(node).get(node.namespace, node.name));
    if (found?.metadata.uid !== node.uid) forget(node.uid);
  }

  async function awaitDependents(node: GraphNode): Promise<void> {
    const blocking = blockingDependents(node);
    if (blocking.length === 0) return removeFinalizer(node, FOREGROUND_FINALIZER);
    for (const dependent of blocking) {
      if (!isDeletingDependents(dependent)) collecting.add(dependent.uid);
    }
  }

  async function stateOf(reference: OwnerReference, node: GraphNode): Promise<OwnerState> {
    const owner = graph.get(reference.uid);
    if (owner && !owner.isVirtual && isOwnerAt(owner, node)) {
      return isDeletingDependents(owner) ? "waiting" : "present";
    }
    if (absent.has(reference.uid)) return "absent";
    const { apiVersion, kind, name, uid } = reference;
    const resource = resourceOf(apiVersion, kind);
    // an object without a namespace cannot name an owner within one; nobody may judge that it is gone
    if (resource.kind.namespaced && node.namespace === "") return "present";
    const found = await ignoringMissing(resource.get(node.namespace, name));
    if (found?.metadata.uid !== uid) return "absent";
    const { deletionTimestamp, finalizers = [] } = found.metadata;
    const isWaiting = deletionTimestamp && finalizers.includes(FOREGROUND_FINALIZER);
    return isWaiting ? "waiting" : "present";
  }

  async function orphan(uid: string): Promise<void> {
    const node = graph.get(uid);
    if (!node || !isOrphaning(node)) return;
    await Promise.all([...node.dependents].map((dependent) => dropOwners(dependent, [uid])));
    await removeFinalizer(node, ORPHAN_FINALIZER);
  }

  async function dropOwners(node: GraphNode, uids: readonly string[]): Promise<void> {
    const kept = node.owners.filter(({ uid }) => !uids.includes(uid));
    await writeOwners(node, kept);
  }

  async function unblock(node: GraphNode): Promise<void> {
    await writeOwners(
      node,
      node.owners.map((owner) => ({ ...owner, blockOwnerDeletion: false })),
    );
  }

  /** As a merge patch, which every kind understands; a lost race is tried again. */
  async function writeOwners(node: GraphNode, owners: readonly OwnerReference[]): Promise<void> {
    const { uid, resourceVersion } = node;
    const ownerReferences = owners.length > 0 ? owners : null;
    const body = { metadata: { uid, resourceVersion, ownerReferences } };
    await patch(node, body);
  }

  async function removeFinalizer(node: GraphNode, finalizer: string): Promise<void> {
    const current = await ignoringMissing(clientOf(node).get(node.namespace, node.name));
    if (current?.metadata.uid !== node.uid) return;
    const { resourceVersion, finalizers = [] } = current.metadata;
    if (!finalizers.includes(finalizer)) return;
    const body = {
      metadata: { resourceVersion, finalizers: finalizers.filter((one) => one !== finalizer) },
    };
    await patch(node, body);
  }

  async function patch(node: GraphNode, body: object): Promise<void> {
    const { namespace, name } = node;
    await ignoringMissing(clientOf(node).patch(namespace, name, { type: "merge", body }));
  }

  function clientOf({ apiVersion, kind }: GraphNode): ResourceClient<KubernetesObject> {
    return resourceOf(apiVersion, kind);
  }

  function resourceOf(apiVersion: string, kind: string): ResourceClient<KubernetesObject> {
    const resource = monitors.find(apiVersion, kind);
    if (!resource) throw new Error(`the server has no kind ${kind} in ${apiVersion}`);
    return client.resource<KubernetesObject>(resource);
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
