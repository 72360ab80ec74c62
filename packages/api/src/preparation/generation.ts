// Kinds whose strategy is to count the versions of their spec, with a status or without.

import type { KubernetesObject } from "../kind.ts";
import { countGeneration, isSpecChanged, keepSpec, keepStatus } from "./status.ts";

interface WithSpec extends KubernetesObject {
  spec?: unknown;
}

interface WithStatus extends WithSpec {
  status?: unknown;
}

export function beginGeneration(object: KubernetesObject): void {
  object.metadata.generation = 1;
}

export function countSpecChange(object: WithSpec, old: WithSpec): void {
  countGeneration(object, old, isSpecChanged(object, old));
}

/** Of a kind with a status, which is nobody's to set on creation. */
export function beginWithoutStatus(object: WithStatus): void {
  object.status = {};
  beginGeneration(object);
}

export function keepStatusAndCount(object: WithStatus, old: WithStatus): void {
  keepStatus(object, old);
  countSpecChange(object, old);
}

export function keepSpecAndGeneration(object: WithStatus, old: WithStatus): void {
  keepSpec(object, old);
  countGeneration(object, old, false);
}
