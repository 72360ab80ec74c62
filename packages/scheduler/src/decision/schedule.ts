// The decision: one pod, all nodes → the node it goes to, or why there is none. Pure.

import { integerBelow, type Random } from "@kubonsai/clock";
import type { Nodes } from "../nodes/cluster-state.ts";
import type { NodeInfo } from "../nodes/node-info.ts";
import {
  BEST_SCORE,
  isRejection,
  type Plugin,
  type Preference,
  type Rejection,
} from "../plugins/plugin.ts";
import type { PodDemand } from "../pods/pod-demand.ts";
import { noNodes, unfit, type Failure } from "./failure.ts";

export type Decision = { nodeName: string } | { failure: Failure };

export interface Surroundings {
  nodes: Nodes;
  plugins: readonly Plugin[];
  random: Random;
}

const FEW_NODES = 100;
const LEAST_PERCENT = 5;

export function schedule(pod: PodDemand, surroundings: Surroundings): Decision {
  const { nodes, plugins } = surroundings;
  if (nodes.all.length === 0) return { failure: noNodes() };
  const narrowed = narrow(pod, plugins);
  if ("reasons" in narrowed) return { failure: unfit(pod, nodes.all.length, narrowed) };
  const { names, narrowing } = narrowed;
  const candidates = names ? [...names].flatMap((name) => nodes.get(name) ?? []) : nodes.all;
  const { feasible, rejections } = sift(pod, candidates, surroundings);
  if (feasible.length > 0) return { nodeName: best(pod, feasible, surroundings).name };
  return { failure: unfit(pod, nodes.all.length, { rejections, narrowing }) };
}

/** What the first plugin that rejects the node says; undefined: it will do. */
export function rejectionBy(
  pod: PodDemand,
  node: NodeInfo,
  plugins: readonly Plugin[],
): Rejection | undefined {
  for (const plugin of plugins) {
    const rejection = plugin.filter?.(pod, node);
    if (rejection) return rejection;
  }
  return undefined;
}

/** How many nodes that will do are enough to choose from. */
export function enoughOf(total: number): number {
  if (total < FEW_NODES) return total;
  const percent = Math.max(50 - Math.floor(total / 125), LEAST_PERCENT);
  return Math.max(FEW_NODES, Math.floor((total * percent) / 100));
}

interface Narrowing {
  names: ReadonlySet<string> | undefined;
  /** The plugins that left nodes out. */
  narrowing: string[];
}

function narrow(pod: PodDemand, plugins: readonly Plugin[]) {
  const narrowed: Narrowing = { names: undefined, narrowing: [] };
  for (const plugin of plugins) {
    const result = plugin.narrow?.(pod);
    if (!result) continue;
    if (isRejection(result)) return { reasons: result.reasons };
    const { names } = narrowed;
    narrowed.names = names ? new Set([...names].filter((name) => result.has(name))) : result;
    narrowed.narrowing.push(plugin.name);
  }
  return narrowed;
}

/** Large clusters are not looked through to the end: each search begins somewhere else. */
function sift(pod: PodDemand, candidates: readonly NodeInfo[], surroundings: Surroundings) {
  const { plugins, random } = surroundings;
  const { length } = candidates;
  const enough = enoughOf(length);
  const start = enough < length ? integerBelow(random, length) : 0;
  const feasible: NodeInfo[] = [];
  const rejections: Rejection[] = [];
  for (let n = 0; n < length && feasible.length < enough; n++) {
    const node = candidates[(start + n) % length]!;
    const rejection = rejectionBy(pod, node, plugins);
    if (rejection) rejections.push(rejection);
    else feasible.push(node);
  }
  return { feasible, rejections };
}

/** The highest score wins, chance decides between equals. */
function best(pod: PodDemand, feasible: NodeInfo[], surroundings: Surroundings): NodeInfo {
  if (feasible.length === 1) return feasible[0]!;
  const scores = totalScores(pod, feasible, surroundings);
  const highest = Math.max(...scores);
  const winners = feasible.filter((_, index) => scores[index] === highest);
  return winners[integerBelow(surroundings.random, winners.length)]!;
}

export function totalScores(
  pod: PodDemand,
  feasible: readonly NodeInfo[],
  { nodes, plugins }: Pick<Surroundings, "nodes" | "plugins">,
): number[] {
  const totals = feasible.map(() => 0);
  for (const { preference } of plugins) {
    if (!preference || preference.applies?.(pod) === false) continue;
    const raw = feasible.map((node) => preference.score(pod, node, nodes));
    normalise(raw, preference).forEach((score, index) => {
      totals[index]! += preference.weight * score;
    });
  }
  return totals;
}

function normalise(scores: number[], { normalise }: Preference): number[] {
  if (!normalise) return scores;
  const highest = Math.max(...scores);
  const isReversed = normalise === "reversed";
  return scores.map((score) => {
    const plain = highest === 0 ? 0 : Math.floor((BEST_SCORE * score) / highest);
    return isReversed ? BEST_SCORE - plain : plain;
  });
}
