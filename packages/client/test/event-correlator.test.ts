// What becomes of repeated and similar events.

import { expect, test } from "vitest";
import { coreEvent } from "../src/events/core-event.ts";
import { EventCorrelator } from "../src/events/event-correlator.ts";

const regarding = { apiVersion: "v1", kind: "Pod", namespace: "ns", name: "web", uid: "u1" };
let serial = 0;

const occurred = (message: string, nowMs: number, reason = "Failed") =>
  coreEvent(
    { regarding, type: "Warning", reason, message },
    { source: { component: "kubelet" }, name: `web.${serial++}`, nowMs },
  );

test("the same event again is counted on the first one's object", () => {
  const correlator = new EventCorrelator();
  const first = correlator.correlate(occurred("x", 0), 0);
  const second = correlator.correlate(occurred("x", 60_000), 60_000);
  expect(first).toMatchObject({ verdict: "create", event: { count: 1 } });
  expect(second).toMatchObject({
    verdict: "count",
    event: {
      count: 2,
      firstTimestamp: "1970-01-01T00:00:00Z",
      lastTimestamp: "1970-01-01T00:01:00Z",
      metadata: first.verdict === "create" ? { name: first.event.metadata.name } : {},
    },
  });
});

test("from the tenth different message within ten minutes on, events are combined", () => {
  const correlator = new EventCorrelator();
  const seen = [];
  for (let i = 1; i <= 12; i++) {
    const correlated = correlator.correlate(occurred(`message ${i}`, i), i);
    if (correlated.verdict === "drop") throw new Error("dropped");
    seen.push(`${correlated.verdict} ${correlated.event.count} ${correlated.event.message}`);
  }
  expect(seen.slice(8)).toEqual([
    "create 1 message 9",
    "create 1 (combined from similar events): message 10",
    "count 2 (combined from similar events): message 11",
    "count 3 (combined from similar events): message 12",
  ]);
});

test("after ten quiet minutes messages count anew", () => {
  const correlator = new EventCorrelator();
  for (let i = 1; i <= 9; i++) correlator.correlate(occurred(`message ${i}`, i), i);
  expect(correlator.correlate(occurred("late", 700_000), 700_000)).toMatchObject({
    verdict: "create",
    event: { message: "late" },
  });
});

test("a source may send 25 events about an object, then one every five minutes", () => {
  const correlator = new EventCorrelator();
  const verdicts = Array.from({ length: 30 }, () => correlator.correlate(occurred("x", 0), 0));
  expect(verdicts.filter(({ verdict }) => verdict === "drop")).toHaveLength(5);
  const soon = correlator.correlate(occurred("x", 299_000), 299_000);
  const due = correlator.correlate(occurred("x", 300_000), 300_000);
  expect([soon.verdict, due.verdict]).toEqual(["drop", "count"]);
});
