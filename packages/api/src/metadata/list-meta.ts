// ListMeta, and the message of any kind's list: `PodList` holds Pods.

import { int64, list, message, of, ref, string } from "../schema/schema.ts";
import type { Message, TypeOf } from "../schema/schema.ts";

export const listMeta = message("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta", {
  selfLink: string(1),
  resourceVersion: string(2),
  continue: string(3),
  remainingItemCount: int64(4).explicit(),
});
export interface ListMeta extends TypeOf<typeof listMeta> {}

const lists = new WeakMap<Message, Message>();

/** The list of a kind's objects: `io.k8s.api.core.v1.PodList` */
export function listMessageOf(item: Message): Message {
  const known = lists.get(item);
  if (known !== undefined) return known;
  const made = message(`${item.name}List`, {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ListMeta>(1, () => listMeta).default({}),
    items: list(
      2,
      of<object>(() => item),
    ).required(),
  });
  lists.set(item, made);
  return made;
}
