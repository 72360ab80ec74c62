// Lists the addresses behind each service, in the older of the two ways.
// @see kubernetes pkg/controller/endpoint

import { isReason, type Endpoints } from "@kubonsai/api";
import {
  createWorkQueue,
  joinKey,
  keyOf,
  referenceTo,
  runControlLoop,
  splitKey,
} from "@kubonsai/client";
import { batchDelayMs } from "../batching.ts";
import type { Controller, Surroundings } from "../controller.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import { OwnWrites } from "../own-writes.ts";
import * as resources from "../resources.ts";
import { hasOwnEndpoints, podsBehind, serviceHandlers } from "../services.ts";
import { TriggerTimes } from "../trigger-times.ts";
import { planEndpoints } from "./plan.ts";

export function endpointsController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const queue = createWorkQueue({ clock });
  const events = surroundings.recorder("endpoint-controller");
  const endpoints = client.resource<Endpoints>(resources.endpoints);
  const written = new OwnWrites(informers.endpoints);
  const triggerTimes = new TriggerTimes();
  const handlers = serviceHandlers(informers, changed);
  const enqueue = (object: Endpoints) => queue.add(keyOf(object));
  // endpoints may be there before their service: only those that have one are looked after
  const enqueueServed = (object: Endpoints) => {
    const { namespace = "", name = "" } = object.metadata;
    if (informers.services.get(namespace, name)) enqueue(object);
  };
  informers.services.on(handlers.service);
  informers.pods.on(handlers.pod);
  informers.endpoints.on({ added: enqueueServed, updated: enqueueServed, deleted: enqueue });
  const watched = [informers.services, informers.pods, informers.endpoints];
  // what was left behind by services that went while nobody watched
  void Promise.all(watched.map((one) => one.synced())).then(() =>
    informers.endpoints.list().forEach(enqueue),
  );
  return {
    run: (signal) =>
      runControlLoop({ name: "endpoints", informers: watched, queue, sync, log }, signal),
  };

  function changed(key: string): void {
    const { namespace, name } = splitKey(key);
    queue.addAfter(key, batchDelayMs(countIn(informers.endpoints.get(namespace, name))));
  }

  async function sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const service = informers.services.get(namespace, name);
    if (!service) return abandon(key);
    if (!hasOwnEndpoints(service) || !written.areSeen(key)) return;
    const pods = podsBehind(service, informers);
    const current = informers.endpoints.get(namespace, name);
    const triggerTime = triggerTimes.next(key, service, pods);
    const wanted = planEndpoints({ service, pods, current, triggerTime });
    if (wanted) await write(wanted, current);
  }

  async function write(wanted: Endpoints, current: Endpoints | undefined): Promise<void> {
    try {
      const done = current ? await endpoints.update(wanted) : await endpoints.create(wanted);
      written.note(keyOf(wanted), done);
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      if (!isReason(error, "Conflict")) tellFailure(wanted, current, error as Error);
      throw error;
    }
  }

  function tellFailure(wanted: Endpoints, current: Endpoints | undefined, error: Error): void {
    const { namespace = "", name = "" } = wanted.metadata;
    const key = joinKey(namespace, name);
    const reason = current ? "FailedToUpdateEndpoint" : "FailedToCreateEndpoint";
    const message = current
      ? `Failed to update endpoint ${key}: ${error.message}`
      : `Failed to create endpoint for service ${key}: ${error.message}`;
    events.event({ regarding: referenceTo(wanted), type: "Warning", reason, message });
  }

  /** The service is gone: so go its endpoints, unless someone else keeps them. */
  async function abandon(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    triggerTimes.forget(key);
    written.forget(key);
    const left = informers.endpoints.get(namespace, name);
    if (!left || left.metadata.deletionTimestamp || isLeaderLock(left)) return;
    await endpoints.delete(namespace, name).catch((error: unknown) => {
      if (!isReason(error, "NotFound")) throw error;
    });
  }
}

const isLeaderLock = ({ metadata }: Endpoints) =>
  metadata.annotations?.["control-plane.alpha.kubernetes.io/leader"] !== undefined;

function countIn(endpoints: Endpoints | undefined): number {
  return (endpoints?.subsets ?? []).reduce(
    (sum, { addresses = [], notReadyAddresses = [] }) =>
      sum + addresses.length + notReadyAddresses.length,
    0,
  );
}
