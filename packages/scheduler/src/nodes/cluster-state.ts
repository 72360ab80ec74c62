// All nodes and the pods on them, as the scheduler believes: what the watch told, and pods assumed to
// be where their binding is on its way to. Changed in place, so that a decision copies nothing.

import type { Node, Pod } from "@kubonsai/api";
import { keyOf } from "@kubonsai/client";
import { demandOf, type PodDemand } from "../pods/pod-demand.ts";
import { NodeInfo } from "./node-info.ts";

/** What a decision is made from. */
export interface Nodes {
  readonly all: readonly NodeInfo[];
  get(name: string): NodeInfo | undefined;
  /** On how many nodes an image lies. */
  imageSpread(name: string): number;
}

export class ClusterState implements Nodes {
  readonly #infos = new Map<string, NodeInfo>();
  /** Pod key → name of its node */
  readonly #places = new Map<string, string>();
  readonly #assumed = new Set<string>();
  readonly #spread = new Map<string, number>();
  #present: NodeInfo[] | undefined;

  get all(): readonly NodeInfo[] {
    this.#present ??= [...this.#infos.values()].filter(({ isPresent }) => isPresent);
    return this.#present;
  }

  get(name: string): NodeInfo | undefined {
    const info = this.#infos.get(name);
    return info?.isPresent ? info : undefined;
  }

  imageSpread(name: string): number {
    return this.#spread.get(name) ?? 0;
  }

  setNode(node: Node): void {
    this.#replaceNode(node.metadata.name!, node);
  }

  removeNode(name: string): void {
    this.#replaceNode(name, undefined);
    this.#forgetIfEmpty(this.#infos.get(name));
  }

  /** The pod has a node, says the API server. */
  setPod(pod: Pod): void {
    const key = keyOf(pod);
    this.#assumed.delete(key);
    this.#place(demandOf(pod), pod.spec.nodeName!);
  }

  /** Where the pod was. */
  removePod(key: string): NodeInfo | undefined {
    this.#assumed.delete(key);
    return this.#displace(key);
  }

  isAssumed(key: string): boolean {
    return this.#assumed.has(key);
  }

  /** Counts a pod as being on a node before the API server says so. */
  assume(pod: PodDemand, nodeName: string): void {
    this.#place(pod, nodeName);
    this.#assumed.add(pod.key);
  }

  /** The binding failed; nothing to do when the API server says that the pod is there all the same. */
  forget(key: string): NodeInfo | undefined {
    return this.#assumed.delete(key) ? this.#displace(key) : undefined;
  }

  #place(pod: PodDemand, nodeName: string): void {
    this.#displace(pod.key);
    this.#info(nodeName).addPod(pod);
    this.#places.set(pod.key, nodeName);
  }

  #displace(key: string): NodeInfo | undefined {
    const info = this.#infos.get(this.#places.get(key) ?? "");
    if (!info) return undefined;
    this.#places.delete(key);
    info.removePod(key);
    this.#forgetIfEmpty(info);
    return info;
  }

  #info(name: string): NodeInfo {
    let info = this.#infos.get(name);
    if (!info) this.#infos.set(name, (info = new NodeInfo(name)));
    return info;
  }

  #replaceNode(name: string, node: Node | undefined): void {
    const info = this.#info(name);
    this.#countImages(info, -1);
    if (info.isPresent !== (node !== undefined)) this.#present = undefined;
    info.setNode(node);
    this.#countImages(info, 1);
  }

  #countImages(info: NodeInfo, sign: 1 | -1): void {
    for (const name of info.images.keys()) {
      const count = this.imageSpread(name) + sign;
      if (count > 0) this.#spread.set(name, count);
      else this.#spread.delete(name);
    }
  }

  #forgetIfEmpty(info: NodeInfo | undefined): void {
    if (info && !info.isPresent && info.podCount === 0) this.#infos.delete(info.name);
  }
}
