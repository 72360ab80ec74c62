// Which resources the server has: for controllers that deal with every kind there is.

import type { Client, NamedResource } from "@kubonsai/client";

export interface ServedResource extends NamedResource {
  verbs: readonly string[];
}

interface ResourceList {
  groupVersion: string;
  resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
}

interface GroupList {
  groups: { name: string; preferredVersion: { groupVersion: string } }[];
}

/** Every resource once, in its group's preferred version; subresources left out. */
export async function discover(client: Client): Promise<ServedResource[]> {
  const { groups } = (await client.raw("GET", "/apis")) as GroupList;
  const paths = groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`);
  const lists = await Promise.all(
    ["/api/v1", ...paths].map((path) => client.raw("GET", path) as Promise<ResourceList>),
  );
  return lists.flatMap(resourcesIn);
}

function resourcesIn({ groupVersion, resources }: ResourceList): ServedResource[] {
  const slash = groupVersion.indexOf("/");
  const group = slash < 0 ? "" : groupVersion.slice(0, slash);
  const version = groupVersion.slice(slash + 1);
  return resources
    .filter(({ name }) => !name.includes("/"))
    .map(({ name, kind, namespaced, verbs }) => ({
      group,
      version,
      resource: name,
      kind,
      namespaced,
      verbs,
    }));
}

export function supports({ verbs }: ServedResource, ...wanted: string[]): boolean {
  return wanted.every((verb) => verbs.includes(verb));
}
