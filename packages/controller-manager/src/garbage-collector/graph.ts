// Who owns whom, over all objects of all kinds.
// @see kubernetes pkg/controller/garbagecollector/graph_builder.go

import type { KubernetesObject, ObjectMeta, OwnerReference } from "@kubonsai/api";

export const ORPHAN_FINALIZER = "orphan";
export const FOREGROUND_FINALIZER = "foregroundDeletion";

export interface GraphNode {
  readonly uid: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  resourceVersion: string;
  owners: readonly OwnerReference[];
  finalizers: readonly string[];
  readonly dependents: Set<GraphNode>;
  isDeleting: boolean;
  /** Known only from those who name it as their owner. */
  isVirtual: boolean;
}

/** Nodes to look at after a change. */
export interface Attention {
  collect: GraphNode[];
  orphan: GraphNode[];
}

/** It stays until all that it owns is gone. */
export const isDeletingDependents = ({ isDeleting, finalizers }: GraphNode): boolean =>
  isDeleting && finalizers.includes(FOREGROUND_FINALIZER);

/** It stays until all that it owns was told that it is free. */
export const isOrphaning = ({ isDeleting, finalizers }: GraphNode): boolean =>
  isDeleting && finalizers.includes(ORPHAN_FINALIZER);

export class OwnerGraph {
  /** uid → node */
  readonly #nodes = new Map<string, GraphNode>();

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  /** An object as it is now. */
  put(object: KubernetesObject): Attention {
    const isNew = this.#nodes.get(object.metadata.uid ?? "")?.isVirtual ?? true;
    const node = this.#observed(object);
    const { metadata } = object;
    const lost = ownersLost(node.owners, metadata);
    node.resourceVersion = metadata.resourceVersion ?? "";
    node.finalizers = metadata.finalizers ?? [];
    node.isDeleting = metadata.deletionTimestamp !== undefined;
    const collect = [...this.#leave(node, lost), ...this.#join(node, metadata.ownerReferences)];
    node.owners = metadata.ownerReferences ?? [];
    if (isDeletingDependents(node)) collect.push(node, ...node.dependents);
    if (isNew) collect.push(...[...node.dependents].filter((one) => !isOwnerAt(node, one)));
    return { collect, orphan: isOrphaning(node) ? [node] : [] };
  }

  /** An object that is gone. */
  remove(uid: string): Attention {
    const node = this.#nodes.get(uid);
    if (!node) return { collect: [], orphan: [] };
    this.#nodes.delete(uid);
    const owners = this.#leave(node, node.owners);
    return { collect: [...node.dependents, ...owners], orphan: [] };
  }

  #observed({ apiVersion = "", kind = "", metadata }: KubernetesObject): GraphNode {
    const { uid = "", namespace = "", name = "" } = metadata;
    const known = this.#nodes.get(uid);
    if (known && !known.isVirtual) return known;
    const node = blank({ uid, apiVersion, kind, namespace, name });
    for (const dependent of known?.dependents ?? []) node.dependents.add(dependent);
    this.#nodes.set(uid, node);
    return node;
  }

  /** Returns owners that may have waited for this. */
  #leave(node: GraphNode, references: readonly OwnerReference[]): GraphNode[] {
    const owners = references.map(({ uid }) => this.#nodes.get(uid));
    const waiting: GraphNode[] = [];
    for (const owner of owners) {
      owner?.dependents.delete(node);
      if (owner && isDeletingDependents(owner)) waiting.push(owner);
    }
    return waiting;
  }

  /** Returns owners that nobody has seen, and the node itself when an owner is already going. */
  #join(node: GraphNode, references: readonly OwnerReference[] = []): GraphNode[] {
    const attention: GraphNode[] = [];
    for (const { uid, apiVersion, kind, name } of references) {
      let owner = this.#nodes.get(uid);
      if (!owner) {
        owner = blank({ uid, apiVersion, kind, namespace: node.namespace, name });
        owner.isVirtual = true;
        this.#nodes.set(uid, owner);
        attention.push(owner);
      }
      const isNew = !owner.dependents.has(node);
      owner.dependents.add(node);
      const isMisplaced = !owner.isVirtual && !isOwnerAt(owner, node);
      if (isNew && (isDeletingDependents(owner) || isMisplaced)) attention.push(node);
    }
    return attention;
  }
}

/** An owner is in the dependent's namespace, or in none. */
export const isOwnerAt = (owner: GraphNode, dependent: GraphNode): boolean =>
  owner.namespace === "" || owner.namespace === dependent.namespace;

/** References that are no more, or that block no more. */
function ownersLost(before: readonly OwnerReference[], { ownerReferences = [] }: ObjectMeta) {
  return before.filter((old) => {
    const now = ownerReferences.find(({ uid }) => uid === old.uid);
    return !now || (old.blockOwnerDeletion && !now.blockOwnerDeletion);
  });
}

function blank(
  identity: Pick<GraphNode, "uid" | "apiVersion" | "kind" | "namespace" | "name">,
): GraphNode {
  return {
    ...identity,
    resourceVersion: "",
    owners: [],
    finalizers: [],
    dependents: new Set(),
    isDeleting: false,
    isVirtual: false,
  };
}
