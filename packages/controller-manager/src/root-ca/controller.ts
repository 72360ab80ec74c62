// Publishes the API server's certificate authority to every namespace.

import { isReason, type ConfigMap, type Namespace } from "@kubonsai/api";
import { createWorkQueue, keyOf, runControlLoop } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
import { ROOT_CA_NAME } from "../informers.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import * as resources from "../resources.ts";
import { planRootCa } from "./plan.ts";

export function rootCaController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log, rootCa } = surroundings;
  const queue = createWorkQueue({ clock });
  const configMaps = client.resource<ConfigMap>(resources.configMaps);
  const enqueue = (namespace: Namespace) => queue.add(keyOf(namespace));
  const enqueueOwn = ({ metadata }: ConfigMap) => queue.add(metadata.namespace ?? "");
  informers.namespaces.on({ added: enqueue, updated: enqueue });
  informers.rootCaConfigMaps.on({ updated: enqueueOwn, deleted: enqueueOwn });
  return {
    run: (signal) =>
      runControlLoop(
        {
          name: "root-ca",
          informers: [informers.namespaces, informers.rootCaConfigMaps],
          queue,
          sync,
          log,
        },
        signal,
      ),
  };

  async function sync(name: string): Promise<void> {
    const current = informers.rootCaConfigMaps.get(name, ROOT_CA_NAME);
    const namespace = informers.namespaces.get("", name);
    const wanted = planRootCa({ namespace, current, rootCa });
    if (!wanted) return;
    try {
      await (current ? configMaps.update(wanted) : configMaps.create(wanted));
    } catch (error) {
      if (!isReason(error, "AlreadyExists") && !isNamespaceTerminating(error)) throw error;
    }
  }
}
