// Which objects belong to an owner: adopts matching orphans and lets go of what matches no more.
// @see kubernetes pkg/controller/controller_ref_manager.go

import { isReason, type KubernetesObject, type LabelSelector } from "@kubonsai/api";
import type { ResourceClient } from "@kubonsai/client";
import { matchesSelector } from "../label-selector.ts";
import { controllerOf, controllerReference } from "./controller-reference.ts";

export interface Claims<T> {
  owned: T[];
  adopt: T[];
  release: T[];
}

/** `candidates`: objects that the owner controls, and orphans of its namespace. */
export function planClaims<T extends KubernetesObject>(
  owner: KubernetesObject,
  selector: LabelSelector | undefined,
  candidates: readonly T[],
): Claims<T> {
  const claims: Claims<T> = { owned: [], adopt: [], release: [] };
  const isOwnerLeaving = owner.metadata.deletionTimestamp !== undefined;
  for (const candidate of candidates) {
    const { metadata } = candidate;
    const controller = controllerOf(metadata);
    const isMatch = matchesSelector(selector, metadata.labels);
    if (controller?.uid === owner.metadata.uid) {
      if (isMatch) claims.owned.push(candidate);
      else if (!isOwnerLeaving) claims.release.push(candidate);
    } else if (!controller && isMatch && !isOwnerLeaving && !metadata.deletionTimestamp) {
      claims.adopt.push(candidate);
    }
  }
  return claims;
}

export interface ClaimClients<O, T> {
  owners: ResourceClient<O>;
  objects: ResourceClient<T>;
}

/**
 * Carries the claims out and returns what the owner has then.
 * @throws Error when the owner was deleted meanwhile, so that it may adopt nothing
 */
export async function claim<O extends KubernetesObject, T extends KubernetesObject>(
  owner: O,
  claims: Claims<T>,
  { owners, objects }: ClaimClients<O, T>,
): Promise<T[]> {
  if (claims.adopt.length > 0) await assertAlive(owner, owners);
  const adopted = await Promise.all(claims.adopt.map((orphan) => adopt(owner, orphan, objects)));
  await Promise.all(claims.release.map((object) => release(owner, object, objects)));
  return [...claims.owned, ...adopted.filter((object) => object !== undefined)];
}

/** Asks the server itself: the informer may not know yet that the owner is going. */
async function assertAlive<O extends KubernetesObject>(owner: O, owners: ResourceClient<O>) {
  const { namespace = "", name = "", uid } = owner.metadata;
  const fresh = await owners.get(namespace, name);
  if (fresh.metadata.uid !== uid || fresh.metadata.deletionTimestamp) {
    throw new Error(`${owner.kind} ${namespace}/${name} is gone or going and adopts nothing`);
  }
}

function adopt<T extends KubernetesObject>(
  owner: KubernetesObject,
  { metadata }: T,
  objects: ResourceClient<T>,
): Promise<T | undefined> {
  const ownerReferences = [controllerReference(owner)];
  return patchMetadata(objects, metadata, { uid: metadata.uid, ownerReferences });
}

async function release<T extends KubernetesObject>(
  owner: KubernetesObject,
  { metadata }: T,
  objects: ResourceClient<T>,
): Promise<void> {
  const ownerReferences = [{ $patch: "delete", uid: owner.metadata.uid }];
  await patchMetadata(objects, metadata, { uid: metadata.uid, ownerReferences });
}

/** The object with its changed metadata; undefined when it is gone, or another one by now. */
async function patchMetadata<T extends KubernetesObject>(
  objects: ResourceClient<T>,
  { namespace = "", name = "" }: T["metadata"],
  metadata: object,
): Promise<T | undefined> {
  try {
    return await objects.patch(namespace, name, { type: "strategic", body: { metadata } });
  } catch (error) {
    if (isReason(error, "NotFound") || isReason(error, "Invalid")) return undefined;
    throw error;
  }
}
