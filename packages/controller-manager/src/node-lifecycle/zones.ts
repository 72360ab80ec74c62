// How fast nodes are given up: slower, or not at all, when so many fail that we ourselves may be cut off.
// @see kubernetes pkg/controller/nodelifecycle handleDisruption

import type { Node } from "@kubonsai/api";
import { readyCondition } from "./health.ts";

export type ZoneState = "Normal" | "PartialDisruption" | "FullDisruption";

const EVICTIONS_PER_SECOND = 0.1;
const REDUCED_PER_SECOND = 0.01;
const UNHEALTHY_SHARE = 0.55;
/** Smaller zones stop evicting when they are disrupted in part. */
const LARGE_ZONE = 50;

export function zoneOf({ metadata: { labels = {} } }: Node): string {
  const region = labels["topology.kubernetes.io/region"] ?? "";
  const zone = labels["topology.kubernetes.io/zone"] ?? "";
  return region === "" && zone === "" ? "" : `${region}:\0:${zone}`;
}

export function zoneState(nodes: readonly Node[]): ZoneState {
  const ready = nodes.filter((node) => readyCondition(node)?.status === "True").length;
  const other = nodes.length - ready;
  if (ready === 0 && other > 0) return "FullDisruption";
  return other > 2 && other / nodes.length >= UNHEALTHY_SHARE ? "PartialDisruption" : "Normal";
}

/** Nodes per second; 0 is none. */
export function evictionRate(state: ZoneState, size: number, isAllDisrupted: boolean): number {
  if (isAllDisrupted) return 0;
  if (state !== "PartialDisruption") return EVICTIONS_PER_SECOND;
  return size > LARGE_ZONE ? REDUCED_PER_SECOND : 0;
}

export function byZone(nodes: readonly Node[]): Map<string, Node[]> {
  const zones = new Map<string, Node[]>();
  for (const node of nodes) {
    const zone = zoneOf(node);
    zones.set(zone, [...(zones.get(zone) ?? []), node]);
  }
  return zones;
}
