// One node in the API: registers it, keeps its status and its lease fresh, tells of its changes.
// @see kubernetes pkg/kubelet/kubelet_node_status.go

import { isReason, leaseKind, nodeKind, type Node, type NodeStatus } from "@kubonsai/api";
import type { Client, EventRecorder, Logger } from "@kubonsai/client";
import type { Clock, Random, Timer } from "@kubonsai/clock";
import { isDeepStrictEqual } from "node:util";
import { renewLease } from "./lease.ts";
import { nodeObject, nodeStatus, type NodeReport } from "./node-object.ts";

const LEASE_RENEW_MS = 10_000;
const COMPUTE_MS = 10_000;
const REPORT_MS = 300_000;
const RETRY_MS = 200;

export interface NodeReporterOptions {
  client: Client;
  clock: Clock;
  random: Random;
  log: Logger;
  events: EventRecorder;
  /** What the node would say of itself now. */
  report: () => NodeReport;
}

export class NodeReporter {
  readonly #options: NodeReporterOptions;
  readonly #name: string;
  readonly #timers: Timer[] = [];
  readonly #stopping = new AbortController();
  /** As last seen in the API. */
  #node: Node | undefined;
  #reportedAt = 0;
  #isReporting = false;
  #hasTold = false;

  constructor(options: NodeReporterOptions) {
    this.#options = options;
    this.#name = options.report().identity.name;
  }

  /** Resolves when the node is registered and Ready; waits for an API server that is not up yet. */
  async start(): Promise<void> {
    await this.#untilDone(() => this.#register());
    await this.#untilDone(() => this.#renew());
    this.#every(LEASE_RENEW_MS, () => void this.#quietly(() => this.#renew()));
    this.#every(COMPUTE_MS, () => void this.reportIfDue());
  }

  labels(): { [name: string]: string } {
    return this.#node?.metadata.labels ?? {};
  }

  /** The object changed in the API: others label, taint and cordon nodes, or mark them lost. */
  seen(node: Node): void {
    const was = this.#node?.spec?.unschedulable ?? false;
    const is = node.spec?.unschedulable ?? false;
    this.#node = node;
    if (was !== is) this.#tell(is ? "NodeNotSchedulable" : "NodeSchedulable");
  }

  /** Somebody deleted the node: it stays away until this process starts again. */
  removed(): void {
    this.#node = undefined;
  }

  /** Posts the status when it changed, when it is time, or when somebody called the node lost. */
  async reportIfDue(): Promise<void> {
    if (this.#isReporting || !this.#node) return;
    this.#isReporting = true;
    try {
      await this.#quietly(() => this.#postStatus());
    } finally {
      this.#isReporting = false;
    }
  }

  stop(): void {
    this.#stopping.abort();
    for (const timer of this.#timers) timer.cancel();
  }

  /** The first time comes by chance: a thousand nodes started together do not stay together. */
  #every(periodMs: number, run: () => void): void {
    const { clock, random } = this.#options;
    const first = clock.after(random.next() * periodMs, () => {
      run();
      this.#timers.push(clock.every(periodMs, run));
    });
    this.#timers.push(first);
  }

  async #register(): Promise<void> {
    const { client, clock, report } = this.#options;
    const nodes = client.resource<Node>(nodeKind);
    const wanted = nodeObject(report());
    try {
      this.#node = await nodes.create(wanted);
      this.#reportedAt = clock.now();
      this.#tellStart({}, wanted.status ?? {});
    } catch (error) {
      if (!isReason(error, "AlreadyExists")) throw error;
      const known = await nodes.get("", this.#name);
      const { labels, annotations } = wanted.metadata;
      const body = { metadata: { labels, annotations } };
      this.#node = await nodes.patch("", this.#name, { type: "strategic", body });
      this.#tellStart(known.status ?? {}, known.status ?? {});
      await this.#postStatus();
    }
  }

  async #postStatus(): Promise<void> {
    const { clock, client } = this.#options;
    const old = this.#node?.status ?? {};
    const status = nodeStatus(this.#options.report(), old.conditions ?? []);
    const isDue = clock.now() - this.#reportedAt >= REPORT_MS;
    if (!isDue && isSame(old, status)) return;
    const nodes = client.resource<Node>(nodeKind);
    const patch = { type: "strategic" as const, body: { status } };
    this.#node = await nodes.patch("", this.#name, patch, { subresource: "status" });
    this.#reportedAt = clock.now();
    this.#tellChanges(old, status);
  }

  async #renew(): Promise<void> {
    const { client, clock } = this.#options;
    if (!this.#node) return;
    const { uid = "" } = this.#node.metadata;
    await renewLease(client.resource(leaseKind), { name: this.#name, uid, nowMs: clock.now() });
  }

  #tellStart(old: NodeStatus, now: NodeStatus): void {
    if (!this.#hasTold) this.#event("Starting", "Starting kubelet.");
    this.#hasTold = true;
    this.#tellChanges(old, now);
  }

  /** Conditions that began or changed, in their order; a node's first report tells of all. */
  #tellChanges(old: NodeStatus, now: NodeStatus): void {
    for (const { type, status } of now.conditions ?? []) {
      const before = old.conditions?.find((one) => one.type === type)?.status;
      const reason = CHANGE_REASONS[`${type}=${status}`];
      if (before !== status && reason) this.#tell(reason);
    }
  }

  #tell(reason: string): void {
    this.#event(reason, `Node ${this.#name} status is now: ${reason}`);
  }

  #event(reason: string, message: string): void {
    const regarding = { apiVersion: "v1", kind: "Node", name: this.#name, uid: this.#name };
    this.#options.events.event({ regarding, type: "Normal", reason, message });
  }

  async #untilDone(work: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        log.debug({ node: this.#name, err: error }, "node not registered yet");
        await clock.sleep(RETRY_MS, this.#stopping.signal);
      }
    }
  }

  /** A failure now is mended by the next turn. */
  async #quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#options.log.warn({ node: this.#name, err: error }, "node not reported");
    }
  }
}

const CHANGE_REASONS: { [change: string]: string } = {
  "MemoryPressure=False": "NodeHasSufficientMemory",
  "MemoryPressure=True": "NodeHasInsufficientMemory",
  "DiskPressure=False": "NodeHasNoDiskPressure",
  "DiskPressure=True": "NodeHasDiskPressure",
  "PIDPressure=False": "NodeHasSufficientPID",
  "PIDPressure=True": "NodeHasInsufficientPID",
  "Ready=True": "NodeReady",
  "Ready=False": "NodeNotReady",
};

/** Heartbeat times alone are no news. */
function isSame(old: NodeStatus, now: NodeStatus): boolean {
  const { conditions: before = [], ...restBefore } = old;
  const { conditions: after = [], ...restAfter } = now;
  for (const [name, value] of Object.entries(restAfter)) {
    if (!isDeepStrictEqual(restBefore[name as keyof typeof restBefore], value)) return false;
  }
  return after.every(({ type, status, reason, message }) => {
    const one = before.find((condition) => condition.type === type);
    return one?.status === status && one.reason === reason && one.message === message;
  });
}
