// What happens when a binding does not come about.

import { StatusError, type Pod } from "@kubonsai/api";
import { UnavailableError } from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Scheduler } from "../src/scheduler.ts";
import { node, pod } from "./notation.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

let clock: VirtualClock;
let scheduler: Scheduler;
let stop: AbortController;
let running: Promise<void>;
let bound: string[];
let reports: string[];
/** What the next bindings meet; undefined: success. */
let failures: (Error | undefined)[];

beforeEach(() => {
  clock = new VirtualClock();
  stop = new AbortController();
  [bound, reports, failures] = [[], [], []];
  const effects = {
    async bind({ metadata }: Pod, nodeName: string) {
      const failure = failures.shift();
      if (failure) throw failure;
      bound.push(`${metadata.name} ${nodeName}`);
    },
    report: ({ metadata }: Pod, { reason, message }: { reason: string; message: string }) =>
      void reports.push(`${metadata.name} ${reason}: ${message}`),
  };
  scheduler = new Scheduler({ clock, random: seededRandom(1), log: silent, effects });
  scheduler.onNode(node("a", { has: "cpu=1" }));
  running = scheduler.run(stop.signal);
});
afterEach(async () => {
  stop.abort();
  await running;
});

it("is said and tried again after a moment", async () => {
  failures = [new StatusError(409, "Conflict", "no")];
  scheduler.onPod(pod("p", "cpu=1"));
  await clock.settle();
  expect(reports).toEqual(['p SchedulerError: running Bind plugin "DefaultBinder": no']);
  await clock.advance(999);
  expect(bound).toEqual([]);
  await clock.advance(1);
  expect(bound).toEqual(["p a"]);
});

it("is tried again without a word when the API server cannot be reached", async () => {
  failures = [new UnavailableError("gone"), new UnavailableError("gone")];
  scheduler.onPod(pod("p"));
  await clock.advance(3000);
  expect([bound, reports]).toEqual([["p a"], []]);
});

it("leaves its room to others, and a pod that is gone in peace", async () => {
  failures = [new StatusError(404, "NotFound", "gone")];
  scheduler.onPod(pod("p", "cpu=1"));
  scheduler.onPod(pod("q", "cpu=1"));
  await clock.advance(1000);
  expect(bound).toEqual(["q a"]);
  await clock.advance(600_000);
  expect(bound).toEqual(["q a"]);
});

it("does not give the same room twice while it is on its way", async () => {
  scheduler.onPod(pod("p", "cpu=1"));
  scheduler.onPod(pod("q", "cpu=1"));
  await clock.settle();
  expect(bound).toEqual(["p a"]);
  scheduler.onPod(pod("p", "cpu=1", { nodeName: "a" }));
  scheduler.onPodGone(pod("p", "cpu=1", { nodeName: "a" }));
  await clock.settle();
  expect(bound).toEqual(["p a", "q a"]);
});
