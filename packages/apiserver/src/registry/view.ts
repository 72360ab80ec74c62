// How a kind shows what is stored. Most as it is; one that is stored as another kind, converted, once
// per version of an object.

import type { Kind, KubernetesObject } from "@kubonsai/api";
import type { StoredObject } from "../storage/stored-object.ts";
import type { View } from "../storage/watcher.ts";
import type { Stored } from "./registry.ts";

export function viewOf(kind: Kind): View {
  if (!kind.storedAs) return (stored) => stored;
  const { fromStored } = kind.storedAs;
  const seen = new WeakMap<StoredObject, Stored>();
  return (stored) => {
    const known = seen.get(stored);
    if (known) return known;
    const viewed = new ViewedObject(fromStored(stored.object), stored.resourceVersion);
    seen.set(stored, viewed);
    return viewed;
  };
}

class ViewedObject implements Stored {
  readonly object: KubernetesObject;
  readonly resourceVersion: string;
  #bytes: Buffer | undefined;

  constructor(object: KubernetesObject, resourceVersion: string) {
    const metadata = { ...object.metadata, resourceVersion };
    this.object = { ...object, metadata };
    this.resourceVersion = resourceVersion;
  }

  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(JSON.stringify(this.object)));
  }
}
