// What can be done with a resource. A verb is its file and its line here.

import type { Call } from "../call.ts";
import type { Resource } from "../registry/registry.ts";
import { create } from "./create.ts";
import { deleteCollection } from "./delete-collection.ts";
import { deleteOne } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { patch } from "./patch.ts";
import { update } from "./update.ts";
import { watch } from "./watch.ts";

export type VerbHandler = (call: Call, resource: Resource) => Promise<void>;

export const verbs: ReadonlyMap<string, VerbHandler> = new Map([
  ["get", get],
  ["list", list],
  ["watch", watch],
  ["create", create],
  ["update", update],
  ["patch", patch],
  ["delete", deleteOne],
  ["deletecollection", deleteCollection],
]);
