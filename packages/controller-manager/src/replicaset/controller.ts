// Keeps as many pods of one template as a replica set asks for.
// @see kubernetes pkg/controller/replicaset

import { isReason, type Pod, type ReplicaSet } from "@kubonsai/api";
import { createWorkQueue, keyOf, referenceTo, runControlLoop, splitKey } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
import { BY_CONTROLLER, orphansIn } from "../informers.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import { claim, planClaims } from "../ownership/claim.ts";
import { controllerOf } from "../ownership/controller-reference.ts";
import { isPodActive, isPodTerminating } from "../pods/pod-state.ts";
import * as resources from "../resources.ts";
import { PodExpectations } from "./expectations.ts";
import { planReplicas, podFrom } from "./plan.ts";
import { podHandlers } from "./pod-events.ts";
import { slowStart } from "./slow-start.ts";
import { nextAvailableInMs, planStatus, type StatusView } from "./status.ts";

export function replicaSetController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const queue = createWorkQueue({ clock });
  const events = surroundings.recorder("replicaset-controller");
  const pods = client.resource<Pod>(resources.pods);
  const replicaSets = client.resource<ReplicaSet>(resources.replicaSets);
  const expectations = new PodExpectations(informers.pods);
  const enqueue = (object: ReplicaSet) => queue.add(keyOf(object));
  informers.replicaSets.on({ added: enqueue, updated: enqueue, deleted: enqueue });
  informers.pods.on(
    podHandlers(informers, {
      changed: (key) => queue.add(key),
      deletionSeen: (key, pod) => expectations.deletionSettled(key, pod),
    }),
  );
  return {
    run: (signal) =>
      runControlLoop(
        {
          name: "replicaset",
          informers: [informers.replicaSets, informers.pods],
          queue,
          sync,
          log,
        },
        signal,
      ),
  };

  async function sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const replicaSet = informers.replicaSets.get(namespace, name);
    if (!replicaSet) return expectations.forget(key);
    const mayCount = expectations.areMet(key);
    const { owned, terminating } = await ownedPods(replicaSet);
    const active = owned.filter(isPodActive);
    const mayManage = mayCount && !replicaSet.metadata.deletionTimestamp;
    const failure = mayManage ? await manage(replicaSet, active) : undefined;
    const view = { replicaSet, active, terminating, nowMs: clock.now() };
    await writeStatus(failure ? { ...view, failure: failure.message } : view);
    if (failure) throw failure;
    const waitMs = nextAvailableInMs(view);
    if (waitMs !== undefined) queue.addAfter(key, waitMs);
  }

  async function ownedPods(replicaSet: ReplicaSet) {
    const { uid = "", namespace = "" } = replicaSet.metadata;
    const controlled = informers.pods.byIndex(BY_CONTROLLER, uid);
    const orphans = informers.pods.byIndex(BY_CONTROLLER, orphansIn(namespace));
    const candidates = [...controlled, ...orphans].filter(isPodActive);
    const claims = planClaims(replicaSet, replicaSet.spec.selector, candidates);
    const owned = await claim(replicaSet, claims, { owners: replicaSets, objects: pods });
    return { owned, terminating: controlled.filter(isPodTerminating) };
  }

  /** Creates or deletes pods; the error that stopped it, if one did. */
  async function manage(replicaSet: ReplicaSet, active: Pod[]): Promise<Error | undefined> {
    const related = () => podsOfSiblings(replicaSet);
    const plan = planReplicas({ replicaSet, active, related, nowMs: clock.now() });
    try {
      const pod = podFrom(replicaSet);
      await slowStart(plan.create, () => createPod(replicaSet, pod));
      await deletePods(replicaSet, plan.remove);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  async function createPod(replicaSet: ReplicaSet, pod: Pod): Promise<void> {
    try {
      const created = await pods.create(pod);
      expectations.expectCreated(keyOf(replicaSet), created);
      tell(replicaSet, "SuccessfulCreate", `Created pod: ${created.metadata.name}`);
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      tell(replicaSet, "FailedCreate", `Error creating: ${(error as Error).message}`);
      throw error;
    }
  }

  async function deletePods(replicaSet: ReplicaSet, doomed: Pod[]): Promise<void> {
    expectations.expectDeleted(keyOf(replicaSet), doomed);
    const results = await Promise.allSettled(doomed.map((pod) => deletePod(replicaSet, pod)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  async function deletePod(replicaSet: ReplicaSet, pod: Pod): Promise<void> {
    const { namespace = "", name = "" } = pod.metadata;
    try {
      await pods.delete(namespace, name);
      tell(replicaSet, "SuccessfulDelete", `Deleted pod: ${name}`);
    } catch (error) {
      expectations.deletionSettled(keyOf(replicaSet), pod);
      if (isReason(error, "NotFound")) return;
      const { message } = error as Error;
      tell(replicaSet, "FailedDelete", `Error deleting: ${message}`);
      throw new Error(`unable to delete pods: ${message}`, { cause: error });
    }
  }

  async function writeStatus(view: StatusView): Promise<void> {
    const status = planStatus(view);
    if (status) await replicaSets.updateStatus({ ...view.replicaSet, status });
  }

  /** Pods of all replica sets with the same controller; of its own alone when it has none. */
  function podsOfSiblings(replicaSet: ReplicaSet): Pod[] {
    const controller = controllerOf(replicaSet.metadata);
    const siblings = controller
      ? informers.replicaSets.byIndex(BY_CONTROLLER, controller.uid)
      : [replicaSet];
    return siblings.flatMap(({ metadata }) =>
      informers.pods.byIndex(BY_CONTROLLER, metadata.uid ?? ""),
    );
  }

  function tell(replicaSet: ReplicaSet, reason: string, message: string): void {
    const type = reason.startsWith("Failed") ? "Warning" : "Normal";
    events.event({ regarding: referenceTo(replicaSet), type, reason, message });
  }
}
