// Durations as tables show them.

import { expect, test } from "vitest";
import { age, humanDuration } from "../src/index.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

test.each<[number, string]>([
  [-2 * second, "<invalid>"],
  [-1500, "0s"],
  [0, "0s"],
  [1999, "1s"],
  [119 * second, "119s"],
  [2 * minute, "2m"],
  [3 * minute + 5 * second, "3m5s"],
  [10 * minute + 5 * second, "10m"],
  [179 * minute, "179m"],
  [3 * hour, "3h"],
  [5 * hour + 10 * minute, "5h10m"],
  [8 * hour + 10 * minute, "8h"],
  [47 * hour, "47h"],
  [2 * day, "2d"],
  [3 * day + 4 * hour, "3d4h"],
  [8 * day + 4 * hour, "8d"],
  [729 * day, "729d"],
  [2 * year, "2y"],
  [3 * year + 20 * day, "3y20d"],
  [9 * year, "9y"],
])("%i ms is %s", (durationMs, text) => {
  expect(humanDuration(durationMs)).toBe(text);
});

test("an age without a beginning is unknown", () => {
  expect(age(undefined, 0)).toBe("<unknown>");
  expect(age("1970-01-01T00:00:00Z", 5000)).toBe("5s");
});
