// The live object with an applied configuration laid over it.
// @see sigs.k8s.io/structured-merge-diff typed/merge.go

import { isMembers, type Members, ownMember, setMember } from "../schema/json-value.ts";
import type { Message } from "../schema/schema.ts";
import {
  elementStep,
  type ListShape,
  memberShape,
  type Shape,
  shapeFor,
  shapeOf,
} from "./shape.ts";

/** Neither is altered; the result shares parts with both. Null lays nothing over an object or a list. */
export const mergeApplied = (
  message: Message,
  pair: { live: unknown; applied: unknown },
): unknown => merge(shapeOf(message), pair.live, pair.applied);

function merge(declared: Shape, live: unknown, applied: unknown): unknown {
  if (applied === undefined) return live;
  if (live === undefined) return applied;
  const shape = shapeFor(declared, applied ?? live);
  if (shape.type === "leaf") return applied;
  if (shape.type === "list") return mergeLists(shape, live, applied);
  return mergeMembers(shape, live, applied);
}

function mergeMembers(shape: Shape, live: unknown, applied: unknown): unknown {
  const [before, over] = [membersOf(live), membersOf(applied)];
  const names = new Set([...Object.keys(before), ...Object.keys(over)]);
  if (names.size === 0) return applied;
  const merged: Members = {};
  for (const name of names) {
    const below = memberShape(shape, name) ?? { type: "leaf" };
    setMember(merged, name, merge(below, ownMember(before, name), ownMember(over, name)));
  }
  return merged;
}

const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * Applied elements come in their own order; live ones stay where they were between them.
 * Live elements that share a key are kept apart and not merged.
 */
function mergeLists(shape: ListShape, live: unknown, applied: unknown): unknown {
  const left = stepped(shape, listOf(live));
  const right = stepped(shape, listOf(applied));
  if (left.length + right.length === 0) return applied;
  const lives = firstByStep(left);
  const wanted = new Set(right.map(({ step }) => step));
  const shared = right.map(({ step }) => step).filter((step) => lives.has(step));
  const mergedSteps = new Set<string>();
  const merged: unknown[] = [];
  const takeRight = ({ step, element }: Stepped) => {
    mergedSteps.add(step);
    if (shared[0] === step) shared.shift();
    merged.push(merge(shape.items, lives.get(step), element));
  };
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const [own, next] = [left[l], right[r]];
    if (own !== undefined && !wanted.has(own.step)) {
      merged.push(own.element);
      l += 1;
    } else if (own !== undefined && next !== undefined && isLater(own.step, next.step, shared)) {
      l += 1;
    } else {
      if (own !== undefined && (own.step === next?.step || mergedSteps.has(own.step))) l += 1;
      if (next !== undefined) takeRight(next);
      r += 1;
    }
  }
  return merged;
}

/** Shared, but not the next shared element that the applied list names: it comes in its turn. */
const isLater = (step: string, next: string, shared: readonly string[]) =>
  step !== next && shared.length > 0 && shared[0] !== step;

interface Stepped {
  readonly step: string;
  readonly element: unknown;
}

const stepped = (shape: ListShape, list: readonly unknown[]): Stepped[] =>
  list.map((element) => ({ step: elementStep(shape, element), element }));

function firstByStep(list: readonly Stepped[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { step, element } of list) found.set(step, found.has(step) ? undefined : element);
  return found;
}
