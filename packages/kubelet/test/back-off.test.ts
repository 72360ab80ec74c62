// Waiting times that double, and are forgotten.

import { describe, expect, it } from "vitest";
import { crashBackOff } from "../src/pods/back-off.ts";
import { goDuration } from "../src/text/go-duration.ts";

describe("crashBackOff", () => {
  it("waits 0, 10 s, 20 s … 5 min between restarts", () => {
    const backOff = crashBackOff();
    const waits: string[] = [];
    let now = 0;
    for (let exit = 1; exit <= 8; exit++) {
      const finishedAt = now;
      while (backOff.isWaiting("a", { sinceMs: finishedAt, now })) now += 1000;
      waits.push(goDuration(now - finishedAt));
      backOff.step("a", { eventMs: finishedAt, now });
      now += 100;
    }
    expect(waits).toEqual(["0s", "10s", "20s", "40s", "1m20s", "2m40s", "5m0s", "5m0s"]);
  });

  it("begins anew after a container ran for more than ten minutes", () => {
    const backOff = crashBackOff();
    backOff.step("a", { eventMs: 0, now: 0 });
    backOff.step("a", { eventMs: 10_000, now: 20_000 });
    expect(backOff.waitMs("a")).toBe(20_000);
    expect(backOff.isWaiting("a", { sinceMs: 620_001, now: 620_001 })).toBe(false);
    backOff.step("a", { eventMs: 620_001, now: 620_001 });
    expect(backOff.waitMs("a")).toBe(10_000);
  });

  it("collects what has expired", () => {
    const backOff = crashBackOff();
    backOff.step("a", { eventMs: 0, now: 0 });
    backOff.collect(600_000);
    expect(backOff.waitMs("a")).toBe(10_000);
    backOff.collect(600_001);
    expect(backOff.waitMs("a")).toBe(0);
  });
});

describe("goDuration", () => {
  it.each([
    [0, "0s"],
    [250, "250ms"],
    [1234, "1.234s"],
    [10_000, "10s"],
    [80_000, "1m20s"],
    [300_000, "5m0s"],
    [3_600_000, "1h0m0s"],
  ])("%i ms is %s", (ms, text) => expect(goDuration(ms)).toBe(text));
});
