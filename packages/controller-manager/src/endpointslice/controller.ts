// Lists the addresses behind each service in slices of at most a hundred.
// @see kubernetes pkg/controller/endpointslice

import { isReason, type EndpointSlice } from "@kubonsai/api";
import { createWorkQueue, keyOf, runControlLoop, splitKey } from "@kubonsai/client";
import { batchDelayMs } from "../batching.ts";
import type { Controller, Surroundings } from "../controller.ts";
import { BY_SERVICE } from "../informers.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import { OwnWrites } from "../own-writes.ts";
import * as resources from "../resources.ts";
import { hasOwnEndpoints, podsBehind, serviceHandlers } from "../services.ts";
import { TriggerTimes, withTriggerTime } from "../trigger-times.ts";
import { planSlices, type SlicesPlan } from "./plan.ts";
import { MANAGED_BY, MANAGER, SERVICE_NAME } from "./slice.ts";

export function endpointSliceController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const queue = createWorkQueue({ clock });
  const slices = client.resource<EndpointSlice>(resources.endpointSlices);
  const written = new OwnWrites(informers.endpointSlices);
  const triggerTimes = new TriggerTimes();
  const handlers = serviceHandlers(informers, changed);
  informers.services.on(handlers.service);
  informers.pods.on(handlers.pod);
  informers.endpointSlices.on({ added: sliceSeen, updated: sliceSeen, deleted: sliceSeen });
  return {
    run: (signal) =>
      runControlLoop(
        {
          name: "endpointslice",
          informers: [
            informers.services,
            informers.pods,
            informers.nodes,
            informers.endpointSlices,
          ],
          queue,
          sync,
          log,
        },
        signal,
      ),
  };

  function changed(key: string): void {
    const known = informers.endpointSlices.byIndex(BY_SERVICE, key);
    const count = known.reduce((sum, { endpoints = [] }) => sum + endpoints.length, 0);
    queue.addAfter(key, batchDelayMs(count));
  }

  /** Also our own writes: they show that the next decision may be taken. */
  function sliceSeen({ metadata }: EndpointSlice): void {
    const { [SERVICE_NAME]: service, [MANAGED_BY]: manager } = metadata.labels ?? {};
    if (service && manager === MANAGER) queue.add(`${metadata.namespace}/${service}`);
  }

  async function sync(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const service = informers.services.get(namespace, name);
    if (!service) {
      // its slices go with it, as everything does that it owns
      triggerTimes.forget(key);
      return written.forget(key);
    }
    if (!hasOwnEndpoints(service) || !written.areSeen(key)) return;
    const pods = podsBehind(service, informers);
    const triggerTime = triggerTimes.next(key, service, pods);
    const plan = planSlices({
      service,
      pods,
      slices: ourSlices(key),
      nodeOf: (node) => informers.nodes.get("", node),
    });
    await write(key, plan, triggerTime);
    const [pod] = plan.withoutNode;
    if (pod) throw new Error(`pod ${keyOf(pod)} is left out: its node is not known`);
  }

  function ourSlices(key: string): EndpointSlice[] {
    return informers.endpointSlices
      .byIndex(BY_SERVICE, key)
      .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER)
      .filter(({ metadata }) => !metadata.deletionTimestamp);
  }

  async function write(key: string, plan: SlicesPlan, triggerTime: string | undefined) {
    const timed = (slice: EndpointSlice): EndpointSlice => {
      const annotations = withTriggerTime(slice.metadata.annotations, triggerTime);
      return { ...slice, metadata: { ...slice.metadata, annotations } };
    };
    try {
      for (const slice of plan.create) written.note(key, await slices.create(timed(slice)));
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      throw error;
    }
    for (const slice of plan.update) written.note(key, await slices.update(timed(slice)));
    for (const slice of plan.delete) await remove(slice);
  }

  async function remove({ metadata: { namespace = "", name = "" } }: EndpointSlice) {
    await slices.delete(namespace, name).catch((error: unknown) => {
      if (!isReason(error, "NotFound")) throw error;
    });
  }
}
