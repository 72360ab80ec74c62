// Pod templates as identities: equal or not, and a short hash for names and labels.

import { isDeepStrictEqual } from "node:util";
import type { PodTemplateSpec } from "@kubonsai/api";

export const TEMPLATE_HASH_LABEL = "pod-template-hash";

/** Kubernetes' alphabet for generated names. */
const SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain };

/** Objects from informers are never altered, so that their normal form can be kept. */
const normalForms = new WeakMap<PodTemplateSpec, Plain>();

/** Whether both ask for the same pods, the hash label aside. */
export function isSameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return isDeepStrictEqual(normalForm(a), normalForm(b));
}

/**
 * Such as `5d4f8c7b9`: equal for equal templates.
 * @param collisionCount another hash for the same template, after two templates had the same one
 */
export function templateHash(
  template: PodTemplateSpec,
  collisionCount: number | undefined,
): string {
  const text = JSON.stringify(normalForm(template)) + (collisionCount ?? "");
  return [...String(fnv1a(text))]
    .map((digit) => SAFE_ALPHABET[digit.charCodeAt(0) % SAFE_ALPHABET.length])
    .join("");
}

function normalForm(template: PodTemplateSpec): Plain {
  const known = normalForms.get(template);
  if (known !== undefined) return known;
  const { [TEMPLATE_HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
  const metadata = { ...template.metadata, labels, creationTimestamp: null };
  const form = normal({ ...template, metadata } as unknown as Plain);
  normalForms.set(template, form);
  return form;
}

/** Members in one order, without those that say nothing: null and empty lists. */
function normal(value: Plain): Plain {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(normal);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .filter(([, member]) => !(Array.isArray(member) && member.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, normal(member)]));
}

/** 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
