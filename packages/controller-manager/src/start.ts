// Starts all controllers on one client and one set of informers.

import {
  connectClient,
  createEventRecorder,
  type ComponentOptions,
  type EventRecorder,
  type Running,
} from "@kubonsai/client";
import { controllers } from "./controllers.ts";
import { createSharedInformers } from "./informers.ts";

export interface ControllerManagerOptions extends ComponentOptions {
  /** PEM of the authority that signed the API server's certificate. */
  rootCa: string;
}

/** Resolves when every informer has its first list. */
export async function startControllerManager(options: ControllerManagerOptions): Promise<Running> {
  const { connection, clock, random, log, rootCa } = options;
  const client = connectClient(connection, { clock });
  const informers = createSharedInformers(client, { clock, log, random });
  const recorders: EventRecorder[] = [];
  const recorder = (component: string) => {
    const made = createEventRecorder({ client, clock, log, component });
    recorders.push(made);
    return made;
  };
  const surroundings = { client, informers, clock, random, log, recorder, rootCa };
  const made = controllers.map((make) => make(surroundings));
  const stopping = new AbortController();
  const all = Object.values(informers);
  const ended = Promise.all([...made, ...all].map((one) => one.run(stopping.signal)));
  ended.catch((error: unknown) => log.error({ err: error }, "a controller ended"));
  await Promise.all(all.map((informer) => informer.synced()));
  return {
    async stop() {
      stopping.abort();
      await ended;
      await Promise.all(recorders.map((one) => one.stop()));
      client.close();
    },
  };
}
