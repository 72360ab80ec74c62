// What a namespace on its way out says, and who adopts whom.

import { describe, expect, test } from "vitest";
import { countLeft, isEmpty, nothingLeft, planConditions } from "../src/namespace/plan.ts";
import { planClaims } from "../src/ownership/claim.ts";
import { controllerReference } from "../src/ownership/controller-reference.ts";
import { planRootCa } from "../src/root-ca/plan.ts";
import { lacksDefaultAccount } from "../src/service-account/plan.ts";
import { at, NOW, pod, replicaSet } from "./objects.ts";

describe("conditions of a namespace", () => {
  const said = (remains = nothingLeft()) =>
    planConditions([], remains, NOW)!.map(({ type, status, reason, message }) =>
      [type, status, reason, message].join(" | "),
    );

  test("when nothing is left", () => {
    expect(said()).toEqual([
      "NamespaceDeletionDiscoveryFailure | False | ResourcesDiscovered | All resources successfully discovered",
      "NamespaceDeletionGroupVersionParsingFailure | False | ParsedGroupVersions | All legacy kube types successfully parsed",
      "NamespaceDeletionContentFailure | False | ContentDeleted | All content successfully deleted, may be waiting on finalization",
      "NamespaceContentRemaining | False | ContentRemoved | All content successfully removed",
      "NamespaceFinalizersRemaining | False | ContentHasNoFinalizers | All content-preserving finalizers finished",
    ]);
  });

  test("when something waits for its finalizers", () => {
    const remains = nothingLeft();
    countLeft(remains, "pods.", [pod("a")]);
    const held = replicaSet("b 0");
    held.metadata.finalizers = ["example.com/hold"];
    countLeft(remains, "replicasets.apps", [held, held]);
    expect(isEmpty(remains)).toBe(false);
    expect(said(remains).slice(3)).toEqual([
      "NamespaceContentRemaining | True | SomeResourcesRemain | Some resources are remaining: pods. has 1 resource instances, replicasets.apps has 2 resource instances",
      "NamespaceFinalizersRemaining | True | SomeFinalizersRemain | Some content in the namespace has finalizers remaining: example.com/hold in 2 resource instances",
    ]);
  });

  test("are written when they change only", () => {
    const before = planConditions([], nothingLeft(), NOW)!;
    expect(planConditions(before, nothingLeft(), NOW + 5000)).toBeUndefined();
  });
});

test("an owner keeps its own, adopts orphans that match, and lets go of what does not", () => {
  const owner = replicaSet("web 3");
  const own = [controllerReference(owner)];
  const make = (name: string, ownerReferences: typeof own, labels = { app: "web" }) => {
    const made = pod(name, { labels });
    return { ...made, metadata: { ...made.metadata, ownerReferences } };
  };
  const stranger = [{ ...own[0]!, uid: "other" }];
  const other = { app: "other" };
  const candidates = [
    make("kept", own),
    make("released", own, other),
    make("adopted", []),
    make("unlike", [], other),
    make("foreign", stranger),
    pod("leaving", { leaving: true }),
  ];
  const names = ({ owned, adopt, release }: ReturnType<typeof planClaims>) =>
    [owned, adopt, release].map((list) => list.map(({ metadata }) => metadata.name));
  const { selector } = owner.spec;
  expect(names(planClaims(owner, selector, candidates))).toEqual([
    ["kept"],
    ["adopted"],
    ["released"],
  ]);
  const leaving = { ...owner, metadata: { ...owner.metadata, deletionTimestamp: at(0) } };
  expect(names(planClaims(leaving, selector, candidates))).toEqual([["kept"], [], []]);
});

test("only active namespaces get an account and the root certificate", () => {
  const namespace = (phase: "Active" | "Terminating") => ({
    metadata: { name: "ns" },
    status: { phase },
  });
  expect(lacksDefaultAccount(namespace("Active"), undefined)).toBe(true);
  expect(lacksDefaultAccount(namespace("Active"), { metadata: { name: "default" } })).toBe(false);
  expect(lacksDefaultAccount(namespace("Terminating"), undefined)).toBe(false);
  const view = { namespace: namespace("Active"), rootCa: "PEM" };
  const made = planRootCa({ ...view, current: undefined })!;
  expect(made).toMatchObject({
    metadata: { name: "kube-root-ca.crt", namespace: "ns" },
    data: { "ca.crt": "PEM" },
  });
  expect(planRootCa({ ...view, current: made })).toBeUndefined();
  expect(planRootCa({ ...view, rootCa: "NEW", current: made })!.data).toEqual({ "ca.crt": "NEW" });
  expect(planRootCa({ ...view, namespace: namespace("Terminating"), current: undefined })).toBe(
    undefined,
  );
});
