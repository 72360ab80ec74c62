// The bridge from client-side apply: its annotation tells what kubectl applied before.
// @see kubernetes apimachinery/pkg/util/managedfields/internal/lastappliedmanager.go

import type { KubernetesObject } from "../kind.ts";
import { isMembers, type Members, setMember } from "../schema/json-value.ts";
import type { Message } from "../schema/schema.ts";
import { compare } from "./compare.ts";
import { difference, emptySet, type FieldSet } from "./field-set.ts";
import { fieldsOf } from "./fields-of.ts";
import { problemsOf } from "./check-applied.ts";

export const lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";

/** Only kubectl's own manager takes over what client-side apply left. */
export const bridgesLastApplied = (manager: string): boolean => manager === "kubectl";

/** Fields that client-side apply set and that still are as it set them. */
export function fieldsOfLastApplied(message: Message, live: KubernetesObject): FieldSet {
  const applied = readLastApplied(live);
  if (applied === undefined || applied["apiVersion"] !== live.apiVersion) return emptySet;
  if (problemsOf(message, applied).length > 0) return emptySet;
  const { added, modified, removed } = compare(message, { old: applied, new: live });
  const fields = fieldsOf(message, applied);
  return difference(difference(difference(fields, modified), added), removed);
}

function readLastApplied({ metadata }: KubernetesObject): Members | undefined {
  const text = metadata.annotations?.[lastAppliedAnnotation];
  if (text === undefined || text === "") return undefined;
  try {
    const applied: unknown = JSON.parse(text);
    return isMembers(applied) ? applied : undefined;
  } catch {
    // A broken annotation owns nothing.
    return undefined;
  }
}

/** Keeps the annotation, where there is one, equal to what is applied now. Alters `object`. */
export function refreshLastApplied(object: KubernetesObject, applied: KubernetesObject): void {
  const annotations = object.metadata.annotations;
  if (annotations?.[lastAppliedAnnotation] === undefined) return;
  const { [lastAppliedAnnotation]: _, ...others } = applied.metadata.annotations ?? {};
  const isBare = applied.metadata.annotations === undefined;
  const metadata = isBare ? applied.metadata : { ...applied.metadata, annotations: others };
  const text = `${JSON.stringify(sorted({ ...applied, metadata }))}\n`;
  object.metadata.annotations = { ...annotations, [lastAppliedAnnotation]: text };
}

/** Go writes maps in the order of their keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMembers(value)) return value;
  const ordered: Members = {};
  for (const name of Object.keys(value).sort()) setMember(ordered, name, sorted(value[name]));
  return ordered;
}
