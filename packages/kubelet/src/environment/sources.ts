// Where ConfigMaps and Secrets are read from: the copy that the watch keeps, or the server when an
// object is so new that the watch has not brought it yet.

import { isReason, notFoundError, type ConfigMap, type Secret } from "@kubonsai/api";

export interface Sources {
  /** @throws Error in the words that events show: `configmap "a" not found` */
  configMap(namespace: string, name: string): Promise<ConfigMap>;
  /** @throws Error: `secret "a" not found` */
  secret(namespace: string, name: string): Promise<Secret>;
}

export interface Lookup<T> {
  cached(namespace: string, name: string): T | undefined;
  fetch(namespace: string, name: string): Promise<T>;
}

export function createSources(configMaps: Lookup<ConfigMap>, secrets: Lookup<Secret>): Sources {
  return {
    configMap: (namespace, name) => read("configmap", configMaps, { namespace, name }),
    secret: (namespace, name) => read("secret", secrets, { namespace, name }),
  };
}

async function read<T>(
  word: string,
  lookup: Lookup<T>,
  { namespace, name }: { namespace: string; name: string },
): Promise<T> {
  const known = lookup.cached(namespace, name);
  if (known) return known;
  try {
    return await lookup.fetch(namespace, name);
  } catch (error) {
    // the kubelet's own lookup names the resource in the singular
    if (isReason(error, "NotFound")) throw notFoundError({ group: "", resource: word }, name);
    throw error;
  }
}

/** For `optional` references: undefined instead of an error when there is no such object. */
export async function whenFound<T>(work: Promise<T>, isOptional?: boolean): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isOptional && isReason(error, "NotFound")) return undefined;
    throw error;
  }
}
