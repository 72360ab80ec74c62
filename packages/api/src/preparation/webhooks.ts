// The versions of a webhook configuration are counted.
// @see kubernetes pkg/registry/admissionregistration/validatingwebhookconfiguration/strategy.go

import { semanticEqual } from "../equality/semantic-equal.ts";
import type { KubernetesObject } from "../kind.ts";
import { countGeneration } from "./status.ts";

interface WithWebhooks extends KubernetesObject {
  webhooks?: unknown;
}

export function countWebhookChange(object: WithWebhooks, old: WithWebhooks): void {
  countGeneration(object, old, !semanticEqual(object.webhooks, old.webhooks));
}
