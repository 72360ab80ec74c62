// A status change as the patch that is sent.

import { describe, expect, it } from "vitest";
import { statusPatch } from "../src/pods/status/status-patch.ts";

describe("statusPatch", () => {
  it("is nothing when nothing changed", () => {
    const status = { phase: "Running" as const, podIPs: [{ ip: "1.2.3.4" }] };
    expect(statusPatch("u", status, structuredClone(status))).toBeUndefined();
  });

  it("carries what changed, and null for what is gone", () => {
    const old = { phase: "Pending" as const, reason: "X", podIP: "1.2.3.4" };
    const next = { phase: "Running" as const, podIP: "1.2.3.4" };
    expect(statusPatch("u", old, next)).toEqual({
      metadata: { uid: "u" },
      status: { phase: "Running", reason: null },
    });
  });

  it("merges conditions by type and keeps their order", () => {
    const old = [
      { type: "A", status: "True" },
      { type: "Ready", status: "False", reason: "R", message: "m" },
      { type: "Old", status: "True" },
    ];
    const next = [
      { type: "A", status: "True" },
      { type: "Ready", status: "True" },
      { type: "New", status: "True" },
    ];
    expect(statusPatch("u", { conditions: old }, { conditions: next })).toEqual({
      metadata: { uid: "u" },
      status: {
        "$setElementOrder/conditions": [{ type: "A" }, { type: "Ready" }, { type: "New" }],
        conditions: [
          { type: "Ready", status: "True", reason: null, message: null },
          { type: "New", status: "True" },
          { $patch: "delete", type: "Old" },
        ],
      },
    });
  });
});
