// Quantities: what they are worth and how they are written.

import { describe, expect, test } from "vitest";
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  cpuMillis,
  formatQuantity,
  parseQuantity,
  quantityBytes,
  subtractQuantities,
} from "../src/index.ts";

test.each<[string | number, string]>([
  ["0", "0"],
  ["0Gi", "0"],
  ["100m", "100m"],
  ["1000m", "1"],
  ["1500m", "1500m"],
  ["0.5", "500m"],
  [0.5, "500m"],
  [2, "2"],
  [".5", "500m"],
  ["1.", "1"],
  ["1024Mi", "1Gi"],
  ["1Gi", "1Gi"],
  ["1.5Gi", "1536Mi"],
  ["1000Ki", "1000Ki"],
  ["512", "512"],
  ["1024", "1024"],
  ["512Mi", "512Mi"],
  ["0.5Ki", "512"],
  ["1000k", "1M"],
  ["1000", "1k"],
  ["12345", "12345"],
  ["1e3", "1e3"],
  ["1E3", "1e3"],
  ["100e-3", "100e-3"],
  ["1E", "1E"],
  ["-1500m", "-1500m"],
  ["+3", "3"],
  ["1n", "1n"],
  ["0.1n", "1n"],
  ["250u", "250u"],
])("%s is written %s", (text, canonical) => {
  expect(canonicalQuantity(text)).toBe(canonical);
});

const wrongFormat = /quantities must match the regular expression/;

test.each<[string, RegExp]>([
  ["", wrongFormat],
  ["abc", wrongFormat],
  ["1.2.3", wrongFormat],
  ["1 Gi", wrongFormat],
  [".", wrongFormat],
  ["--1", wrongFormat],
  ["1GiB", wrongFormat],
  ["1Gb", wrongFormat],
  ["1kk", /unable to parse quantity's suffix/],
  ["1KI", wrongFormat],
  ["1m3", /unable to parse quantity's suffix/],
])("%j is no quantity", (text, message) => {
  expect(() => parseQuantity(text)).toThrow(message);
});

describe("arithmetic", () => {
  const q = parseQuantity;

  test("adds in the format of the first that is not zero", () => {
    expect(formatQuantity(addQuantities(q("1Gi"), q("512Mi")))).toBe("1536Mi");
    expect(formatQuantity(addQuantities(q("0"), q("512Mi")))).toBe("512Mi");
    expect(formatQuantity(subtractQuantities(q("1"), q("250m")))).toBe("750m");
  });

  test("compares across formats", () => {
    expect(compareQuantities(q("1Ki"), q("1k"))).toBe(1);
    expect(compareQuantities(q("1000m"), q("1"))).toBe(0);
    expect(compareQuantities(q("-1"), q("0"))).toBe(-1);
  });

  test("rounds cpu up to millis and memory up to bytes", () => {
    expect(cpuMillis("0.0001")).toBe(1);
    expect(cpuMillis("1500m")).toBe(1500);
    expect(cpuMillis(undefined)).toBe(0);
    expect(quantityBytes("1Gi")).toBe(1073741824);
    expect(quantityBytes("100m")).toBe(1);
  });
});
