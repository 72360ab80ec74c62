// Keeps as many pods of one template as a replica set asks for.
// @see kubernetes pkg/controller/replicaset

import { isReason, type Pod, type ReplicaSet } from "@kubonsai/api";
import {
  createWorkQueue,
  keyOf,
  referenceTo,
  runControlLoop,
  splitKey,
  type EventRecorder,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import { BY_CONTROLLER, orphansIn, type SharedInformers } from "../informers.ts";
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

export const replicaSetController: MakeController = (surroundings) =>
  new ReplicaSetController(surroundings);

class ReplicaSetController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #clock: Clock;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;
  readonly #pods: ResourceClient<Pod>;
  readonly #replicaSets: ResourceClient<ReplicaSet>;
  readonly #expectations: PodExpectations;

  constructor({ client, informers, clock, log, recorder }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#clock = clock;
    this.#queue = createWorkQueue({ clock });
    this.#events = recorder("replicaset-controller");
    this.#pods = client.resource<Pod>(resources.pods);
    this.#replicaSets = client.resource<ReplicaSet>(resources.replicaSets);
    this.#expectations = new PodExpectations(informers.pods);
    const enqueue = (object: ReplicaSet) => this.#queue.add(keyOf(object));
    informers.replicaSets.on({ added: enqueue, updated: enqueue, deleted: enqueue });
    informers.pods.on(
      podHandlers(informers, {
        changed: (key) => this.#queue.add(key),
        deletionSeen: (key, pod) => this.#expectations.deletionSettled(key, pod),
      }),
    );
  }

  run(signal: AbortSignal): Promise<void> {
    const { replicaSets, pods } = this.#informers;
    const loop = { name: "replicaset", informers: [replicaSets, pods], queue: this.#queue };
    return runControlLoop({ ...loop, sync: (key) => this.#sync(key), log: this.#log }, signal);
  }

  async #sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const replicaSet = this.#informers.replicaSets.get(namespace, name);
    if (!replicaSet) return this.#expectations.forget(key);
    const mayCount = this.#expectations.areMet(key);
    const { owned, terminating } = await this.#ownedPods(replicaSet);
    const active = owned.filter(isPodActive);
    const mayManage = mayCount && !replicaSet.metadata.deletionTimestamp;
    const failure = mayManage ? await this.#manage(replicaSet, active) : undefined;
    const view = { replicaSet, active, terminating, nowMs: this.#clock.now() };
    await this.#writeStatus(failure ? { ...view, failure: failure.message } : view);
    if (failure) throw failure;
    const waitMs = nextAvailableInMs(view);
    if (waitMs !== undefined) this.#queue.addAfter(key, waitMs);
  }

  async #ownedPods(replicaSet: ReplicaSet) {
    const { uid = "", namespace = "" } = replicaSet.metadata;
    const controlled = this.#informers.pods.byIndex(BY_CONTROLLER, uid);
    const orphans = this.#informers.pods.byIndex(BY_CONTROLLER, orphansIn(namespace));
    const candidates = [...controlled, ...orphans].filter(isPodActive);
    const claims = planClaims(replicaSet, replicaSet.spec.selector, candidates);
    const owned = await claim(replicaSet, claims, {
      owners: this.#replicaSets,
      objects: this.#pods,
    });
    return { owned, terminating: controlled.filter(isPodTerminating) };
  }

  /** Creates or deletes pods; the error that stopped it, if one did. */
  async #manage(replicaSet: ReplicaSet, active: Pod[]): Promise<Error | undefined> {
    const related = () => this.#podsOfSiblings(replicaSet);
    const plan = planReplicas({ replicaSet, active, related, nowMs: this.#clock.now() });
    try {
      const pod = podFrom(replicaSet);
      await slowStart(plan.create, () => this.#createPod(replicaSet, pod));
      await this.#deletePods(replicaSet, plan.remove);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  async #createPod(replicaSet: ReplicaSet, pod: Pod): Promise<void> {
    try {
      const created = await this.#pods.create(pod);
      this.#expectations.expectCreated(keyOf(replicaSet), created);
      this.#tell(replicaSet, "SuccessfulCreate", `Created pod: ${created.metadata.name}`);
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      this.#tell(replicaSet, "FailedCreate", `Error creating: ${(error as Error).message}`);
      throw error;
    }
  }

  async #deletePods(replicaSet: ReplicaSet, doomed: Pod[]): Promise<void> {
    this.#expectations.expectDeleted(keyOf(replicaSet), doomed);
    const results = await Promise.allSettled(doomed.map((pod) => this.#deletePod(replicaSet, pod)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  async #deletePod(replicaSet: ReplicaSet, pod: Pod): Promise<void> {
    const { namespace = "", name = "" } = pod.metadata;
    try {
      await this.#pods.delete(namespace, name);
      this.#tell(replicaSet, "SuccessfulDelete", `Deleted pod: ${name}`);
    } catch (error) {
      this.#expectations.deletionSettled(keyOf(replicaSet), pod);
      if (isReason(error, "NotFound")) return;
      const { message } = error as Error;
      this.#tell(replicaSet, "FailedDelete", `Error deleting: ${message}`);
      throw new Error(`unable to delete pods: ${message}`, { cause: error });
    }
  }

  async #writeStatus(view: StatusView): Promise<void> {
    const status = planStatus(view);
    if (status) await this.#replicaSets.updateStatus({ ...view.replicaSet, status });
  }

  /** Pods of all replica sets with the same controller; of its own alone when it has none. */
  #podsOfSiblings(replicaSet: ReplicaSet): Pod[] {
    const controller = controllerOf(replicaSet.metadata);
    const siblings = controller
      ? this.#informers.replicaSets.byIndex(BY_CONTROLLER, controller.uid)
      : [replicaSet];
    return siblings.flatMap(({ metadata }) =>
      this.#informers.pods.byIndex(BY_CONTROLLER, metadata.uid ?? ""),
    );
  }

  #tell(replicaSet: ReplicaSet, reason: string, message: string): void {
    const type = reason.startsWith("Failed") ? "Warning" : "Normal";
    this.#events.event({ regarding: referenceTo(replicaSet), type, reason, message });
  }
}
