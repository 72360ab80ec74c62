// What a scheduler plugin is: what it forbids and what it prefers.

import type { Nodes } from "../nodes/cluster-state.ts";
import type { NodeInfo } from "../nodes/node-info.ts";
import type { PodDemand } from "../pods/pod-demand.ts";

export interface Plugin {
  readonly name: string;
  /** Before any node is looked at: the nodes that alone can do, or why none can. */
  narrow?(pod: PodDemand): ReadonlySet<string> | Rejection | undefined;
  /** Undefined: the node will do. */
  filter?(pod: PodDemand, node: NodeInfo): Rejection | undefined;
  readonly preference?: Preference;
}

export interface Rejection {
  /** `Insufficient cpu`, as counted in the FailedScheduling text. */
  readonly reasons: readonly string[];
  /** Whether taking other pods away could help. */
  readonly isResolvable: boolean;
}

export interface Preference {
  readonly weight: number;
  /** Whether it has anything to say about the pod; absent: always. */
  applies?(pod: PodDemand): boolean;
  /** 0 … 100; anything from 0 on when it is normalised. */
  score(pod: PodDemand, node: NodeInfo, nodes: Nodes): number;
  /** The highest score becomes 100; `reversed`: the lowest does. */
  readonly normalise?: "plain" | "reversed";
}

export const BEST_SCORE = 100;

/** Taking pods away does not help. */
export const impossible = (reason: string): Rejection => ({
  reasons: [reason],
  isResolvable: false,
});

export const isRejection = (value: ReadonlySet<string> | Rejection): value is Rejection =>
  "reasons" in value;
