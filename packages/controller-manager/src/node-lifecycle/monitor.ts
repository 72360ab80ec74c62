// Looks at every node every five seconds: who came, who went, who fell silent.

import { isReason, type Node, type NodeCondition } from "@kubonsai/api";
import { keyOf, type EventRecorder, type Logger, type ResourceClient } from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import { NODE_LEASE_NAMESPACE, type SharedInformers } from "../informers.ts";
import { observe, readyCondition, silentConditions, type Health } from "./health.ts";

export interface MonitorSurroundings {
  informers: SharedInformers;
  nodes: ResourceClient<Node>;
  events: EventRecorder;
  clock: Clock;
  log: Logger;
  /** Told of nodes that are no more. */
  removed(name: string): void;
}

export class NodeMonitor {
  readonly #with: MonitorSurroundings;
  readonly #health = new Map<string, Health>();
  readonly #known = new Map<string, Node>();

  constructor(surroundings: MonitorSurroundings) {
    this.#with = surroundings;
  }

  /** The nodes with the conditions that they have after this look. */
  async look(): Promise<Node[]> {
    const all = this.#with.informers.nodes.list();
    this.#noteComingAndGoing(all);
    const current = await Promise.all(all.map((node) => this.#lookAt(node)));
    return current.filter((node) => node !== undefined);
  }

  /** Counts the silence of all nodes from now: until now nobody was heard, so nobody was silent. */
  startAnew(): void {
    const nowMs = this.#with.clock.now();
    for (const health of this.#health.values()) health.heardMs = nowMs;
  }

  #noteComingAndGoing(all: readonly Node[]): void {
    const present = new Set(all.map(keyOf));
    for (const node of all) {
      const name = keyOf(node);
      if (!this.#known.has(name)) {
        this.#tell(node, "RegisteredNode", `event: Registered Node ${name} in Controller`);
      }
      this.#known.set(name, node);
    }
    for (const [name, node] of this.#known) {
      if (present.has(name)) continue;
      this.#tell(node, "RemovingNode", `event: Removing Node ${name} from Controller`);
      this.#known.delete(name);
      this.#health.delete(name);
      this.#with.removed(name);
    }
  }

  async #lookAt(node: Node): Promise<Node | undefined> {
    const name = keyOf(node);
    const { informers, clock } = this.#with;
    const nowMs = clock.now();
    const lease = informers.nodeLeases.get(NODE_LEASE_NAMESPACE, name);
    const health = observe({ node, lease, known: this.#health.get(name), nowMs });
    this.#health.set(name, health);
    const conditions = silentConditions(node, health, nowMs);
    return conditions ? this.#markSilent(node, conditions) : node;
  }

  async #markSilent(node: Node, conditions: NodeCondition[]): Promise<Node | undefined> {
    const { nodes, log } = this.#with;
    try {
      const written = await nodes.updateStatus({ ...node, status: { ...node.status, conditions } });
      if (readyCondition(node)?.status === "True") {
        this.#tell(node, "NodeNotReady", "status is now: NodeNotReady");
      }
      return written;
    } catch (error) {
      if (isReason(error, "NotFound")) return undefined;
      log.debug({ node: keyOf(node), err: error }, "a silent node could not be updated yet");
      return node;
    }
  }

  #tell({ metadata }: Node, reason: string, message: string): void {
    const { name = "", uid = "" } = metadata;
    const regarding = { kind: "Node", name, uid, apiVersion: "v1" };
    this.#with.events.event({
      regarding,
      type: "Normal",
      reason,
      message: `Node ${name} ${message}`,
    });
  }
}
