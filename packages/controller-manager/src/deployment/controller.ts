// Rolls deployments out: makes, grows and shrinks replica sets, and reports how it goes.
// @see kubernetes pkg/controller/deployment

import { isReason, type Deployment, type Pod, type ReplicaSet } from "@kubonsai/api";
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
import { matchesSelector } from "../label-selector.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import { claim, planClaims } from "../ownership/claim.ts";
import { controllerOf, isControlledBy } from "../ownership/controller-reference.ts";
import { OwnWrites } from "../own-writes.ts";
import * as resources from "../resources.ts";
import { createErrorNews, deadlineMs, withNews } from "./conditions.ts";
import { planDeployment } from "./plan.ts";
import { sizeOf, type Step } from "./rollout.ts";
import { isSameTemplate } from "./template.ts";

export const deploymentController: MakeController = (surroundings) =>
  new DeploymentController(surroundings);

class DeploymentController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #clock: Clock;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;
  readonly #deployments: ResourceClient<Deployment>;
  readonly #replicaSets: ResourceClient<ReplicaSet>;
  readonly #written: {
    deployments: OwnWrites<Deployment>;
    replicaSets: OwnWrites<ReplicaSet>;
  };

  constructor({ client, informers, clock, log, recorder }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#clock = clock;
    this.#queue = createWorkQueue({ clock });
    this.#events = recorder("deployment-controller");
    this.#deployments = client.resource<Deployment>(resources.deployments);
    this.#replicaSets = client.resource<ReplicaSet>(resources.replicaSets);
    this.#written = {
      deployments: new OwnWrites(informers.deployments),
      replicaSets: new OwnWrites(informers.replicaSets),
    };
    this.#listen();
  }

  run(signal: AbortSignal): Promise<void> {
    const { deployments, replicaSets, pods } = this.#informers;
    const loop = { name: "deployment", informers: [deployments, replicaSets, pods] };
    const sync = (key: string) => this.#sync(key);
    return runControlLoop({ ...loop, queue: this.#queue, sync, log: this.#log }, signal);
  }

  #listen(): void {
    const { deployments, replicaSets, pods } = this.#informers;
    const enqueue = (object: Deployment) => this.#enqueue(object);
    const enqueueOwners = (object: ReplicaSet) => this.#ownersOf(object).forEach(enqueue);
    deployments.on({ added: enqueue, updated: enqueue, deleted: enqueue });
    replicaSets.on({
      added: enqueueOwners,
      updated(replicaSet, old) {
        enqueueOwners(replicaSet);
        if (controllerOf(old.metadata)?.uid !== controllerOf(replicaSet.metadata)?.uid) {
          enqueueOwners(old);
        }
      },
      deleted: enqueueOwners,
    });
    pods.on({ deleted: (pod) => this.#enqueueRecreating(pod) });
  }

  #enqueue(deployment: Deployment): void {
    this.#queue.add(keyOf(deployment));
  }

  async #sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const deployment = this.#informers.deployments.get(namespace, name);
    if (!deployment) return this.#forget(key);
    if (!this.#written.deployments.areSeen(key) || !this.#written.replicaSets.areSeen(key)) return;
    const plan = planDeployment({
      deployment,
      replicaSets: await this.#ownedReplicaSets(deployment),
      podsOfSet: ({ metadata }) => this.#informers.pods.byIndex(BY_CONTROLLER, metadata.uid ?? ""),
      nowMs: this.#clock.now(),
    });
    for (const step of plan.steps) await this.#take(step, deployment);
    if (plan.write) await this.#writeStatus(plan.write);
    if (plan.againInMs !== undefined) this.#queue.addAfter(key, plan.againInMs);
  }

  #forget(key: string): void {
    this.#written.deployments.forget(key);
    this.#written.replicaSets.forget(key);
  }

  async #writeStatus(deployment: Deployment): Promise<void> {
    this.#written.deployments.note(
      keyOf(deployment),
      await this.#deployments.updateStatus(deployment),
    );
  }

  async #ownedReplicaSets(deployment: Deployment): Promise<ReplicaSet[]> {
    const { uid = "", namespace = "" } = deployment.metadata;
    const candidates = [
      ...this.#informers.replicaSets.byIndex(BY_CONTROLLER, uid),
      ...this.#informers.replicaSets.byIndex(BY_CONTROLLER, orphansIn(namespace)),
    ];
    const claims = planClaims(deployment, deployment.spec.selector, candidates);
    return claim(deployment, claims, { owners: this.#deployments, objects: this.#replicaSets });
  }

  async #take(step: Step, deployment: Deployment): Promise<void> {
    const { replicaSet } = step;
    const { namespace = "", name = "" } = replicaSet.metadata;
    if (step.do === "create") return this.#create(replicaSet, deployment);
    if (step.do === "delete") return this.#replicaSets.delete(namespace, name).catch(ignoreMissing);
    this.#written.replicaSets.note(keyOf(deployment), await this.#replicaSets.update(replicaSet));
    this.#tellScaling(deployment, replicaSet, step.from);
  }

  async #create(replicaSet: ReplicaSet, deployment: Deployment): Promise<void> {
    try {
      this.#written.replicaSets.note(keyOf(deployment), await this.#replicaSets.create(replicaSet));
      this.#tellScaling(deployment, replicaSet, 0);
    } catch (error) {
      if (isReason(error, "AlreadyExists")) return this.#collide(replicaSet, deployment);
      if (!isNamespaceTerminating(error)) await this.#reportFailure(replicaSet, deployment, error);
      throw error;
    }
  }

  /** Ours, seen too late, is well; another's means that two templates have the same hash. */
  async #collide(replicaSet: ReplicaSet, deployment: Deployment): Promise<void> {
    const { namespace = "", name = "" } = replicaSet.metadata;
    const existing = await this.#replicaSets.get(namespace, name);
    const { template } = existing.spec;
    const isOurs = isControlledBy(existing, deployment);
    if (isOurs && template && isSameTemplate(template, deployment.spec.template)) return;
    const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
    await this.#writeStatus({ ...deployment, status: { ...deployment.status, collisionCount } });
    throw new Error(`the hash of replica set ${name} is taken, trying another`);
  }

  async #reportFailure(
    { metadata: { name = "" } }: ReplicaSet,
    deployment: Deployment,
    error: unknown,
  ): Promise<void> {
    const news = createErrorNews(name, (error as Error).message);
    const regarding = referenceTo(deployment);
    this.#events.event({ regarding, type: "Warning", reason: news.reason, message: news.message });
    if (deadlineMs(deployment) === undefined) return;
    const before = deployment.status?.conditions ?? [];
    const conditions = withNews(before, news, this.#clock.now());
    if (conditions === before) return;
    const status = { ...deployment.status, conditions: [...conditions] };
    await this.#writeStatus({ ...deployment, status });
  }

  #tellScaling(deployment: Deployment, replicaSet: ReplicaSet, from: number): void {
    const to = sizeOf(replicaSet);
    if (from === to) return;
    const direction = from < to ? "up" : "down";
    const { name } = replicaSet.metadata;
    this.#events.event({
      regarding: referenceTo(deployment),
      type: "Normal",
      reason: "ScalingReplicaSet",
      message: `Scaled ${direction} replica set ${name} from ${from} to ${to}`,
    });
  }

  /** Its controller; for an orphan, all that might adopt it. */
  #ownersOf({ metadata }: ReplicaSet): Deployment[] {
    const namespace = metadata.namespace ?? "";
    const reference = controllerOf(metadata);
    if (!reference) {
      return this.#informers.deployments
        .list(namespace)
        .filter(({ spec }) => matchesSelector(spec.selector, metadata.labels));
    }
    if (reference.kind !== "Deployment") return [];
    const owner = this.#informers.deployments.get(namespace, reference.name);
    return owner?.metadata.uid === reference.uid ? [owner] : [];
  }

  /** A Recreate rollout waits for the last old pod to go. */
  #enqueueRecreating({ metadata }: Pod): void {
    const reference = controllerOf(metadata);
    if (reference?.kind !== "ReplicaSet") return;
    const owner = this.#informers.replicaSets.get(metadata.namespace ?? "", reference.name);
    if (!owner) return;
    for (const deployment of this.#ownersOf(owner)) {
      if (deployment.spec.strategy?.type === "Recreate") this.#enqueue(deployment);
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (!isReason(error, "NotFound")) throw error;
}
