// Rolls deployments out: makes, grows and shrinks replica sets, and reports how it goes.
// @see kubernetes pkg/controller/deployment

import { isReason, type Deployment, type Pod, type ReplicaSet } from "@kubonsai/api";
import { createWorkQueue, keyOf, referenceTo, runControlLoop, splitKey } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
import { BY_CONTROLLER, orphansIn } from "../informers.ts";
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

export function deploymentController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const queue = createWorkQueue({ clock });
  const events = surroundings.recorder("deployment-controller");
  const deployments = client.resource<Deployment>(resources.deployments);
  const replicaSets = client.resource<ReplicaSet>(resources.replicaSets);
  const written = {
    deployments: new OwnWrites(informers.deployments),
    replicaSets: new OwnWrites(informers.replicaSets),
  };
  const enqueue = (object: Deployment) => queue.add(keyOf(object));
  const enqueueOwners = (replicaSet: ReplicaSet) => ownersOf(replicaSet).forEach(enqueue);
  informers.deployments.on({ added: enqueue, updated: enqueue, deleted: enqueue });
  informers.replicaSets.on({
    added: enqueueOwners,
    updated(replicaSet, old) {
      enqueueOwners(replicaSet);
      if (controllerOf(old.metadata)?.uid !== controllerOf(replicaSet.metadata)?.uid) {
        enqueueOwners(old);
      }
    },
    deleted: enqueueOwners,
  });
  informers.pods.on({ deleted: enqueueRecreating });
  return {
    run: (signal) =>
      runControlLoop(
        {
          name: "deployment",
          informers: [informers.deployments, informers.replicaSets, informers.pods],
          queue,
          sync,
          log,
        },
        signal,
      ),
  };

  async function sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const deployment = informers.deployments.get(namespace, name);
    if (!deployment) return forget(key);
    if (!written.deployments.areSeen(key) || !written.replicaSets.areSeen(key)) return;
    const plan = planDeployment({
      deployment,
      replicaSets: await ownedReplicaSets(deployment),
      podsOfSet: ({ metadata }) => informers.pods.byIndex(BY_CONTROLLER, metadata.uid ?? ""),
      nowMs: clock.now(),
    });
    for (const step of plan.steps) await take(step, deployment);
    if (plan.write) await writeStatus(plan.write);
    if (plan.againInMs !== undefined) queue.addAfter(key, plan.againInMs);
  }

  function forget(key: string): void {
    written.deployments.forget(key);
    written.replicaSets.forget(key);
  }

  async function writeStatus(deployment: Deployment): Promise<void> {
    written.deployments.note(keyOf(deployment), await deployments.updateStatus(deployment));
  }

  async function ownedReplicaSets(deployment: Deployment): Promise<ReplicaSet[]> {
    const { uid = "", namespace = "" } = deployment.metadata;
    const candidates = [
      ...informers.replicaSets.byIndex(BY_CONTROLLER, uid),
      ...informers.replicaSets.byIndex(BY_CONTROLLER, orphansIn(namespace)),
    ];
    const claims = planClaims(deployment, deployment.spec.selector, candidates);
    return claim(deployment, claims, { owners: deployments, objects: replicaSets });
  }

  async function take(step: Step, deployment: Deployment): Promise<void> {
    const { replicaSet } = step;
    const { namespace = "", name = "" } = replicaSet.metadata;
    if (step.do === "create") return create(replicaSet, deployment);
    if (step.do === "delete") return replicaSets.delete(namespace, name).catch(ignoreMissing);
    written.replicaSets.note(keyOf(deployment), await replicaSets.update(replicaSet));
    tellScaling(deployment, replicaSet, step.from);
  }

  async function create(replicaSet: ReplicaSet, deployment: Deployment): Promise<void> {
    try {
      written.replicaSets.note(keyOf(deployment), await replicaSets.create(replicaSet));
      tellScaling(deployment, replicaSet, 0);
    } catch (error) {
      if (isReason(error, "AlreadyExists")) return collide(replicaSet, deployment);
      if (!isNamespaceTerminating(error)) await reportFailure(replicaSet, deployment, error);
      throw error;
    }
  }

  /** Ours, seen too late, is well; another's means that two templates have the same hash. */
  async function collide(replicaSet: ReplicaSet, deployment: Deployment): Promise<void> {
    const { namespace = "", name = "" } = replicaSet.metadata;
    const existing = await replicaSets.get(namespace, name);
    const { template } = existing.spec;
    const isOurs = isControlledBy(existing, deployment);
    if (isOurs && template && isSameTemplate(template, deployment.spec.template)) return;
    const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
    await writeStatus({ ...deployment, status: { ...deployment.status, collisionCount } });
    throw new Error(`the hash of replica set ${name} is taken, trying another`);
  }

  async function reportFailure(
    { metadata: { name = "" } }: ReplicaSet,
    deployment: Deployment,
    error: unknown,
  ): Promise<void> {
    const news = createErrorNews(name, (error as Error).message);
    const regarding = referenceTo(deployment);
    events.event({ regarding, type: "Warning", reason: news.reason, message: news.message });
    if (deadlineMs(deployment) === undefined) return;
    const before = deployment.status?.conditions ?? [];
    const conditions = withNews(before, news, clock.now());
    if (conditions === before) return;
    const status = { ...deployment.status, conditions: [...conditions] };
    await writeStatus({ ...deployment, status });
  }

  function tellScaling(deployment: Deployment, replicaSet: ReplicaSet, from: number): void {
    const to = sizeOf(replicaSet);
    if (from === to) return;
    const direction = from < to ? "up" : "down";
    const { name } = replicaSet.metadata;
    events.event({
      regarding: referenceTo(deployment),
      type: "Normal",
      reason: "ScalingReplicaSet",
      message: `Scaled ${direction} replica set ${name} from ${from} to ${to}`,
    });
  }

  /** Its controller; for an orphan, all that might adopt it. */
  function ownersOf({ metadata }: ReplicaSet): Deployment[] {
    const namespace = metadata.namespace ?? "";
    const reference = controllerOf(metadata);
    if (!reference) {
      return informers.deployments
        .list(namespace)
        .filter(({ spec }) => matchesSelector(spec.selector, metadata.labels));
    }
    if (reference.kind !== "Deployment") return [];
    const owner = informers.deployments.get(namespace, reference.name);
    return owner?.metadata.uid === reference.uid ? [owner] : [];
  }

  /** A Recreate rollout waits for the last old pod to go. */
  function enqueueRecreating({ metadata }: Pod): void {
    const reference = controllerOf(metadata);
    if (reference?.kind !== "ReplicaSet") return;
    const owner = informers.replicaSets.get(metadata.namespace ?? "", reference.name);
    if (!owner) return;
    for (const deployment of ownersOf(owner)) {
      if (deployment.spec.strategy?.type === "Recreate") enqueue(deployment);
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (!isReason(error, "NotFound")) throw error;
}
