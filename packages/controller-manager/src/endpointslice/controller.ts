// Lists the addresses behind each service in slices of at most a hundred.
// @see kubernetes pkg/controller/endpointslice

import { isReason, type EndpointSlice } from "@kubonsai/api";
import {
  createWorkQueue,
  keyOf,
  runControlLoop,
  splitKey,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import { batchDelayMs } from "../batching.ts";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import { BY_SERVICE, type SharedInformers } from "../informers.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import { OwnWrites } from "../own-writes.ts";
import * as resources from "../resources.ts";
import { hasOwnEndpoints, podsBehind, serviceHandlers } from "../services.ts";
import { TriggerTimes, withTriggerTime } from "../trigger-times.ts";
import { planSlices, type SlicesPlan } from "./plan.ts";
import { MANAGED_BY, MANAGER, SERVICE_NAME } from "./slice.ts";

export const endpointSliceController: MakeController = (surroundings) =>
  new EndpointSliceController(surroundings);

class EndpointSliceController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #queue: WorkQueue;
  readonly #slices: ResourceClient<EndpointSlice>;
  readonly #written: OwnWrites<EndpointSlice>;
  readonly #triggerTimes = new TriggerTimes();

  constructor({ client, informers, clock, log }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#queue = createWorkQueue({ clock });
    this.#slices = client.resource<EndpointSlice>(resources.endpointSlices);
    this.#written = new OwnWrites(informers.endpointSlices);
    const handlers = serviceHandlers(informers, (key) => this.#changed(key));
    const seen = (slice: EndpointSlice) => this.#sliceSeen(slice);
    informers.services.on(handlers.service);
    informers.pods.on(handlers.pod);
    informers.endpointSlices.on({ added: seen, updated: seen, deleted: seen });
  }

  run(signal: AbortSignal): Promise<void> {
    const { services, pods, nodes, endpointSlices } = this.#informers;
    const loop = { name: "endpointslice", informers: [services, pods, nodes, endpointSlices] };
    const sync = (key: string) => this.#sync(key);
    return runControlLoop({ ...loop, queue: this.#queue, sync, log: this.#log }, signal);
  }

  #changed(key: string): void {
    const known = this.#informers.endpointSlices.byIndex(BY_SERVICE, key);
    const count = known.reduce((sum, { endpoints = [] }) => sum + endpoints.length, 0);
    this.#queue.addAfter(key, batchDelayMs(count));
  }

  /** Also our own writes: they show that the next decision may be taken. */
  #sliceSeen({ metadata }: EndpointSlice): void {
    const { [SERVICE_NAME]: service, [MANAGED_BY]: manager } = metadata.labels ?? {};
    if (service && manager === MANAGER) this.#queue.add(`${metadata.namespace}/${service}`);
  }

  async #sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const service = this.#informers.services.get(namespace, name);
    if (!service) {
      // its slices go with it, as everything does that it owns
      this.#triggerTimes.forget(key);
      return this.#written.forget(key);
    }
    if (!hasOwnEndpoints(service) || !this.#written.areSeen(key)) return;
    const pods = podsBehind(service, this.#informers);
    const triggerTime = this.#triggerTimes.next(key, service, pods);
    const plan = planSlices({
      service,
      pods,
      slices: this.#ourSlices(key),
      nodeOf: (node) => this.#informers.nodes.get("", node),
    });
    await this.#write(key, plan, triggerTime);
    const [pod] = plan.withoutNode;
    if (pod) throw new Error(`pod ${keyOf(pod)} is left out: its node is not known`);
  }

  #ourSlices(key: string): EndpointSlice[] {
    return this.#informers.endpointSlices
      .byIndex(BY_SERVICE, key)
      .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER)
      .filter(({ metadata }) => !metadata.deletionTimestamp);
  }

  async #write(key: string, plan: SlicesPlan, triggerTime: string | undefined) {
    const timed = (slice: EndpointSlice): EndpointSlice => {
      const annotations = withTriggerTime(slice.metadata.annotations, triggerTime);
      return { ...slice, metadata: { ...slice.metadata, annotations } };
    };
    try {
      for (const slice of plan.create)
        this.#written.note(key, await this.#slices.create(timed(slice)));
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      throw error;
    }
    for (const slice of plan.update)
      this.#written.note(key, await this.#slices.update(timed(slice)));
    for (const slice of plan.delete) await this.#remove(slice);
  }

  async #remove({ metadata: { namespace = "", name = "" } }: EndpointSlice) {
    await this.#slices.delete(namespace, name).catch((error: unknown) => {
      if (!isReason(error, "NotFound")) throw error;
    });
  }
}
