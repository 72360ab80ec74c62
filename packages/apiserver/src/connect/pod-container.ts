// Which container of which pod on which node a log, an exec or an attach is about.
// @see kubernetes pkg/registry/core/pod/strategy.go LogLocation, validateContainer

import { badRequest, type KubernetesObject } from "@kubonsai/api";
import type { Call } from "../call.ts";

interface Named {
  name: string;
}

export interface PodObject extends KubernetesObject {
  spec?: {
    nodeName?: string;
    containers?: Named[];
    initContainers?: Named[];
    ephemeralContainers?: Named[];
  };
}

/** @throws NotFound */
export async function podOf({ rooms, info }: Call): Promise<PodObject> {
  const pods = rooms.registry.resource({ group: "", version: "v1", resource: "pods" })!;
  return (await pods.get(info, {})).object as PodObject;
}

/** The container asked for, or the only one. @throws BadRequest */
export function containerOf(pod: PodObject, asked: string): string {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const names = [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
  const podName = pod.metadata.name;
  if (asked !== "") {
    if (names.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${podName}`);
  }
  if (containers.length === 1) return containers[0]!.name;
  const text = `a container name must be specified for pod ${podName}`;
  throw badRequest(containers.length === 0 ? text : `${text}, choose one of: [${names.join(" ")}]`);
}

/** @throws BadRequest when no node has it yet */
export function nodeOf(pod: PodObject): string {
  const node = pod.spec?.nodeName ?? "";
  if (node === "") throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  return node;
}
