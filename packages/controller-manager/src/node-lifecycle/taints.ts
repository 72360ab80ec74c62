// The taints that follow from a node's conditions.

import type { Node, Taint } from "@kubonsai/api";
import { secondsTimestamp } from "@kubonsai/client";
import { readyCondition } from "./health.ts";

export const NOT_READY = "node.kubernetes.io/not-ready";
export const UNREACHABLE = "node.kubernetes.io/unreachable";
const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

/** condition type → its status → the key of the taint */
const KEYS: { [type: string]: { [status: string]: string } } = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: "node.kubernetes.io/memory-pressure" },
  DiskPressure: { True: "node.kubernetes.io/disk-pressure" },
  NetworkUnavailable: { True: "node.kubernetes.io/network-unavailable" },
  PIDPressure: { True: "node.kubernetes.io/pid-pressure" },
};

const OURS = new Set([UNSCHEDULABLE, ...Object.values(KEYS).flatMap((one) => Object.values(one))]);

/** All taints of the node, with the right NoSchedule ones; undefined when they are right. */
export function planNoSchedule(node: Node, nowMs: number): Taint[] | undefined {
  const wanted = new Set<string>();
  for (const { type, status } of node.status?.conditions ?? []) {
    const key = Object.hasOwn(KEYS, type) ? KEYS[type]![status] : undefined;
    if (key) wanted.add(key);
  }
  if (node.spec?.unschedulable) wanted.add(UNSCHEDULABLE);
  return withTaints(node, { effect: "NoSchedule", wanted, candidates: OURS, nowMs });
}

/** The same for NoExecute: `not-ready` and `unreachable` exclude each other. */
export function planNoExecute(
  node: Node,
  key: string | undefined,
  nowMs: number,
): Taint[] | undefined {
  const wanted = new Set(key ? [key] : []);
  const candidates = new Set([NOT_READY, UNREACHABLE]);
  return withTaints(node, { effect: "NoExecute", wanted, candidates, nowMs });
}

/** The NoExecute taint that the Ready condition asks for. */
export function noExecuteKey(node: Node): string | undefined {
  return KEYS["Ready"]![readyCondition(node)?.status ?? ""];
}

export function hasNoExecute(node: Node, ...keys: string[]): boolean {
  return (node.spec?.taints ?? []).some(
    ({ key, effect }) => effect === "NoExecute" && keys.includes(key),
  );
}

interface Wanted {
  effect: "NoSchedule" | "NoExecute";
  wanted: ReadonlySet<string>;
  /** Keys that may be taken away. */
  candidates: ReadonlySet<string>;
  nowMs: number;
}

function withTaints(node: Node, { effect, wanted, candidates, nowMs }: Wanted) {
  const current = node.spec?.taints ?? [];
  const kept = current.filter(
    (taint) => taint.effect !== effect || !candidates.has(taint.key) || wanted.has(taint.key),
  );
  const present = new Set(kept.filter((one) => one.effect === effect).map(({ key }) => key));
  const timeAdded = secondsTimestamp(nowMs);
  const added = [...wanted]
    .filter((key) => !present.has(key))
    .map((key): Taint => ({ key, effect, timeAdded }));
  if (added.length === 0 && kept.length === current.length) return undefined;
  return [...kept, ...added];
}
