// The `ephemeralcontainers` subresource: debug containers are only ever added to a pod.
// @see kubernetes pkg/registry/core/pod/strategy.go podEphemeralContainersStrategy

import { semanticEqual } from "../equality/semantic-equal.ts";
import { forbidden, type FieldError } from "../errors/field-error.ts";
import type { Pod } from "../messages/core/v1/pod.ts";
import { countGeneration } from "../preparation/status.ts";

/** Takes everything but the ephemeral containers from `old`. Changes `pod` in place. */
export function prepareEphemeralContainersUpdate(pod: Pod, old: Pod): void {
  const ephemeralContainers = pod.spec.ephemeralContainers ?? [];
  pod.spec = { ...old.spec };
  if (ephemeralContainers.length > 0) pod.spec.ephemeralContainers = ephemeralContainers;
  else delete pod.spec.ephemeralContainers;
  if (old.status !== undefined) pod.status = old.status;
  countGeneration(pod, old, !semanticEqual(pod.spec, old.spec));
}

export function validateEphemeralContainersUpdate(pod: Pod, old: Pod): FieldError[] {
  const field = "spec.ephemeralContainers";
  const now = new Map((pod.spec.ephemeralContainers ?? []).map((one) => [one.name, one]));
  return (old.spec.ephemeralContainers ?? []).flatMap((before) => {
    const name = JSON.stringify(before.name);
    const after = now.get(before.name);
    const existing = `existing ephemeral containers ${name} may not be`;
    if (after === undefined) return [forbidden(field, `${existing} removed\n`)];
    return semanticEqual(before, after) ? [] : [forbidden(field, `${existing} changed\n`)];
  });
}
