// Gives every namespace its `default` service account.
// @see kubernetes pkg/controller/serviceaccount/serviceaccounts_controller.go

import { isReason, type Namespace, type ServiceAccount } from "@kubonsai/api";
import { createWorkQueue, keyOf, runControlLoop } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
import { isNamespaceTerminating } from "../namespace-terminating.ts";
import * as resources from "../resources.ts";
import { lacksDefaultAccount } from "./plan.ts";

export function serviceAccountController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const queue = createWorkQueue({ clock });
  const accounts = client.resource<ServiceAccount>(resources.serviceAccounts);
  const enqueue = (namespace: Namespace) => queue.add(keyOf(namespace));
  informers.namespaces.on({ added: enqueue, updated: enqueue });
  informers.serviceAccounts.on({
    deleted: ({ metadata }) => queue.add(metadata.namespace ?? ""),
  });
  return {
    run: (signal) =>
      runControlLoop(
        {
          name: "serviceaccount",
          informers: [informers.namespaces, informers.serviceAccounts],
          queue,
          sync,
          log,
        },
        signal,
      ),
  };

  async function sync(name: string): Promise<void> {
    const namespace = informers.namespaces.get("", name);
    if (!lacksDefaultAccount(namespace, informers.serviceAccounts.get(name, "default"))) return;
    try {
      await accounts.create({
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "default", namespace: name },
      });
    } catch (error) {
      if (!isReason(error, "AlreadyExists") && !isNamespaceTerminating(error)) throw error;
    }
  }
}
