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
  type EventRecorder,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import { batchDelayMs } from "../batching.ts";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import type { SharedInformers } from "../informers.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import { OwnWrites } from "../own-writes.ts";
import * as resources from "../resources.ts";
import { hasOwnEndpoints, podsBehind, serviceHandlers } from "../services.ts";
import { TriggerTimes } from "../trigger-times.ts";
import { planEndpoints } from "./plan.ts";

export const endpointsController: MakeController = (surroundings) =>
  new EndpointsController(surroundings);

class EndpointsController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;
  readonly #endpoints: ResourceClient<Endpoints>;
  readonly #written: OwnWrites<Endpoints>;
  readonly #triggerTimes = new TriggerTimes();

  constructor({ client, informers, clock, log, recorder }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#queue = createWorkQueue({ clock });
    this.#events = recorder("endpoint-controller");
    this.#endpoints = client.resource<Endpoints>(resources.endpoints);
    this.#written = new OwnWrites(informers.endpoints);
    this.#listen();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { services, pods, endpoints } = this.#informers;
    const informers = [services, pods, endpoints];
    // what was left behind by services that went while nobody watched
    void Promise.all(informers.map((one) => one.synced())).then(() => {
      for (const one of endpoints.list()) this.#queue.add(keyOf(one));
    });
    const loop = { name: "endpoints", informers, queue: this.#queue, log: this.#log };
    await runControlLoop({ ...loop, sync: (key) => this.#sync(key) }, signal);
  }

  #listen(): void {
    const { services, pods, endpoints } = this.#informers;
    const handlers = serviceHandlers(this.#informers, (key) => this.#changed(key));
    services.on(handlers.service);
    pods.on(handlers.pod);
    // endpoints may be there before their service: only those that have one are looked after
    const enqueueServed = (object: Endpoints) => {
      const { namespace = "", name = "" } = object.metadata;
      if (services.get(namespace, name)) this.#queue.add(keyOf(object));
    };
    const deleted = (object: Endpoints) => this.#queue.add(keyOf(object));
    endpoints.on({ added: enqueueServed, updated: enqueueServed, deleted });
  }

  #changed(key: string): void {
    const { namespace, name } = splitKey(key);
    this.#queue.addAfter(
      key,
      batchDelayMs(countIn(this.#informers.endpoints.get(namespace, name))),
    );
  }

  async #sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const service = this.#informers.services.get(namespace, name);
    if (!service) return this.#abandon(key);
    if (!hasOwnEndpoints(service) || !this.#written.areSeen(key)) return;
    const pods = podsBehind(service, this.#informers);
    const current = this.#informers.endpoints.get(namespace, name);
    const triggerTime = this.#triggerTimes.next(key, service, pods);
    const wanted = planEndpoints({ service, pods, current, triggerTime });
    if (wanted) await this.#write(wanted, current);
  }

  async #write(wanted: Endpoints, current: Endpoints | undefined): Promise<void> {
    try {
      const done = current
        ? await this.#endpoints.update(wanted)
        : await this.#endpoints.create(wanted);
      this.#written.note(keyOf(wanted), done);
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      if (!isReason(error, "Conflict")) this.#tellFailure(wanted, current, error as Error);
      throw error;
    }
  }

  #tellFailure(wanted: Endpoints, current: Endpoints | undefined, error: Error): void {
    const { namespace = "", name = "" } = wanted.metadata;
    const key = joinKey(namespace, name);
    const reason = current ? "FailedToUpdateEndpoint" : "FailedToCreateEndpoint";
    const message = current
      ? `Failed to update endpoint ${key}: ${error.message}`
      : `Failed to create endpoint for service ${key}: ${error.message}`;
    this.#events.event({ regarding: referenceTo(wanted), type: "Warning", reason, message });
  }

  /** The service is gone: so go its endpoints, unless someone else keeps them. */
  async #abandon(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    this.#triggerTimes.forget(key);
    this.#written.forget(key);
    const left = this.#informers.endpoints.get(namespace, name);
    if (!left || left.metadata.deletionTimestamp || isLeaderLock(left)) return;
    await this.#endpoints.delete(namespace, name).catch((error: unknown) => {
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
