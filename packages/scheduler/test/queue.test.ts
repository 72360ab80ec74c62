// Who is tried when.

import { VirtualClock } from "@kubonsai/clock";
import { beforeEach, describe, expect, it } from "vitest";
import { demandOf } from "../src/pods/pod-demand.ts";
import { SchedulingQueue } from "../src/queue/scheduling-queue.ts";
import { backOffMs, type WaitingPod } from "../src/queue/waiting-pod.ts";
import { pod } from "./notation.ts";

let clock: VirtualClock;
let queue: SchedulingQueue;
beforeEach(() => {
  clock = new VirtualClock();
  queue = new SchedulingQueue(clock);
});

const add = (name: string, priority = 0) => queue.add(demandOf(pod(name, "", { priority })));
const name = (waiting: WaitingPod | undefined) => waiting?.demand.pod.metadata.name;
const popAll = () => {
  const names: (string | undefined)[] = [];
  for (let next = queue.pop(); next; next = queue.pop()) names.push(name(next));
  return names;
};
const always = () => true;

it.each([[1, 1], [2, 2], [3, 4], [4, 8], [5, 10], [50, 10]])(
  "after %i failures a pod backs off for %i s",
  (attempts, seconds) => expect(backOffMs(attempts)).toBe(seconds * 1000),
); // prettier-ignore

describe("the queue", () => {
  it("gives the most important first, then who came first", async () => {
    add("late", 0);
    add("first", 0);
    await clock.advance(1000);
    add("important", 10);
    add("late", 0);
    add("last", 0);
    expect(popAll()).toEqual(["important", "late", "first", "last"]);
  });

  it("keeps who found no node until something changes that helps", async () => {
    add("a");
    add("b");
    for (let n = 0; n < 2; n++) queue.giveUp(queue.pop()!, false);
    queue.reconsider(() => false);
    expect(popAll()).toEqual([]);
    queue.reconsider(({ key }) => key === "default/b");
    expect(popAll()).toEqual(["b"]);
  });

  it("tries everybody again after five minutes", async () => {
    add("a");
    queue.giveUp(queue.pop()!, false);
    await clock.advance(5 * 60_000 - 1000);
    expect(popAll()).toEqual([]);
    await clock.advance(31_000);
    expect(popAll()).toEqual(["a"]);
  });

  it("tries those who met no node with the first news", () => {
    add("a");
    queue.giveUp(queue.pop()!, true);
    queue.reconsider(() => false);
    expect(popAll()).toEqual(["a"]);
  });

  it("lets errors wait their time, longer and longer", async () => {
    add("a");
    for (const waitMs of [1000, 2000, 4000, 8000, 10_000, 10_000]) {
      queue.backOff(queue.pop()!);
      await clock.advance(waitMs - 1);
      expect(queue.pop()).toBeUndefined();
      await clock.advance(1);
    }
    expect(popAll()).toEqual(["a"]);
  });

  it("tries early what backs off for want of a node, after what is new", () => {
    add("a");
    queue.giveUp(queue.pop()!, false);
    queue.reconsider(always);
    add("new");
    expect(popAll()).toEqual(["new", "a"]);
  });

  it("tries a changed pod at once, one with a new status when its time comes", () => {
    add("a");
    queue.giveUp(queue.pop()!, false);
    queue.replace(demandOf(pod("a", "cpu=1")));
    expect(popAll()).toEqual([]);
    queue.add(demandOf(pod("a", "cpu=2")));
    expect(queue.pop()!.demand.requests.get("cpu")).toBe(2000);
  });

  it("forgets who is gone, wherever it was", async () => {
    for (const one of ["a", "b", "c"]) add(one);
    queue.giveUp(queue.pop()!, false);
    queue.backOff(queue.pop()!);
    for (const one of ["a", "b", "c"]) queue.delete(`default/${one}`);
    await clock.advance(10 * 60_000);
    expect(popAll()).toEqual([]);
  });

  it("wakes who waits for a pod, and who is told to stop", async () => {
    const filled = queue.filled();
    add("a");
    await filled;
    popAll();
    const stopped = queue.filled();
    queue.stop();
    await stopped;
  });
});
