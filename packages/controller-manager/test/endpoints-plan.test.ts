// Endpoints and endpoint slices: who is listed, how, and in which object.

import type { EndpointSlice, Pod, Service } from "@kubonsai/api";
import { describe, expect, test } from "vitest";
import { planEndpoints } from "../src/endpoints/plan.ts";
import { MOST_ENDPOINTS, planSlices } from "../src/endpointslice/plan.ts";
import { TriggerTimes } from "../src/trigger-times.ts";
import { at, node, pod, service } from "./objects.ts";

const ready = pod("a", { ip: "10.0.0.1" });
const notReady = pod("b", { ip: "10.0.0.2", ready: false });
const leaving = pod("c", { ip: "10.0.0.3", leaving: true });
const leavingNotReady = pod("d", { ip: "10.0.0.4", leaving: true, ready: false });
const ended = pod("e", { ip: "10.0.0.5", phase: "Succeeded" });
const withoutIp = pod("f");
const all = [ready, notReady, leaving, leavingNotReady, ended, withoutIp];

describe("Endpoints", () => {
  const subsets = (pods: Pod[], one: Service = service()) => {
    const view = { service: one, pods, current: undefined, triggerTime: at(0) };
    return planEndpoints(view)!.subsets?.map(({ addresses, notReadyAddresses, ports }) => [
      addresses?.map(({ ip }) => ip).join(" ") ?? "-",
      notReadyAddresses?.map(({ ip }) => ip).join(" ") ?? "-",
      ports?.map(({ port, name }) => `${name ?? ""}:${port}`).join(" ") ?? "-",
    ]);
  };

  test("list the ready and the others apart, and no pod that is leaving", () => {
    expect(subsets(all)).toEqual([["10.0.0.1", "10.0.0.2", ":8080"]]);
  });

  test("that publish all keep even those that are leaving", () => {
    const publishing = service({ publishNotReadyAddresses: true });
    expect(subsets(all, publishing)).toEqual([
      ["10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4", "-", ":8080"],
    ]);
  });

  test("put ports with the same addresses together, and leave out a port that a pod lacks", () => {
    const ports = [
      { name: "web", port: 80, targetPort: "http" },
      { name: "admin", port: 81, targetPort: 9000 },
      { name: "none", port: 82, targetPort: "missing" },
    ];
    expect(subsets([ready], service({ ports }))).toEqual([
      ["10.0.0.1", "-", "web:8080 admin:9000"],
    ]);
  });

  test("of a headless service without ports list addresses alone", () => {
    const headless = service({ clusterIP: "None", ports: [] });
    expect(subsets([ready], headless)).toEqual([["10.0.0.1", "-", "-"]]);
  });

  test("are labelled as Kubernetes labels them, and left alone when they are right", () => {
    const one = service();
    const view = { service: one, pods: [ready], triggerTime: at(3) };
    const made = planEndpoints({ ...view, current: undefined })!;
    expect(made.metadata).toEqual({
      name: "web",
      namespace: "ns",
      labels: { tier: "front", "endpoints.kubernetes.io/managed-by": "endpoint-controller" },
      annotations: { "endpoints.kubernetes.io/last-change-trigger-time": at(3) },
    });
    expect(made.subsets![0]!.addresses![0]).toEqual({
      ip: "10.0.0.1",
      nodeName: "n1",
      targetRef: { kind: "Pod", namespace: "ns", name: "a", uid: "uid-a" },
    });
    expect(planEndpoints({ ...view, current: made })).toBeUndefined();
    expect(planEndpoints({ ...view, pods: [], current: made })!.subsets).toBeUndefined();
  });

  test("list a thousand addresses at most, and say so", () => {
    const many = Array.from({ length: 1200 }, (_, i) =>
      pod(`p${i}`, { ip: `10.1.${i >> 8}.${i & 255}`, ready: i % 2 === 0 }),
    );
    const view = { service: service(), pods: many, current: undefined, triggerTime: undefined };
    const made = planEndpoints(view)!;
    expect(made.metadata.annotations).toEqual({
      "endpoints.kubernetes.io/over-capacity": "truncated",
    });
    const [{ addresses, notReadyAddresses }] = made.subsets as [
      NonNullable<typeof made.subsets>[0],
    ];
    expect([addresses!.length, notReadyAddresses!.length]).toEqual([600, 400]);
  });
});

describe("endpoint slices", () => {
  const n1 = node("n1");
  const plan = (pods: Pod[], slices: EndpointSlice[] = [], one: Service = service()) =>
    planSlices({
      service: one,
      pods,
      slices,
      nodeOf: (name) => (name === "n1" ? n1 : undefined),
    });

  /** Slices as the server would have stored them. */
  const stored = (slices: EndpointSlice[]) =>
    slices.map((slice, i) => ({ ...slice, metadata: { ...slice.metadata, name: `web-${i}` } }));

  test("list every pod that has an address and has not ended, with its conditions", () => {
    const { create } = plan(all);
    expect(create).toHaveLength(1);
    const [slice] = create;
    expect(
      slice!.endpoints!.map(({ targetRef, conditions }) => [targetRef!.name, conditions]),
    ).toEqual([
      ["a", { ready: true, serving: true, terminating: false }],
      ["b", { ready: false, serving: false, terminating: false }],
      ["c", { ready: false, serving: true, terminating: true }],
      ["d", { ready: false, serving: false, terminating: true }],
    ]);
    expect(slice).toMatchObject({
      metadata: {
        generateName: "web-",
        labels: {
          tier: "front",
          "kubernetes.io/service-name": "web",
          "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        },
        ownerReferences: [{ kind: "Service", uid: "uid-svc", controller: true }],
      },
      addressType: "IPv4",
      ports: [{ name: "", port: 8080, protocol: "TCP" }],
    });
  });

  test("are not written when they are right, and only the one that changed otherwise", () => {
    const slices = stored(plan([ready, notReady]).create);
    expect(plan([ready, notReady], slices)).toEqual({
      create: [],
      update: [],
      delete: [],
      withoutNode: [],
    });
    const later = plan(
      [ready, { ...notReady, status: { ...ready.status, podIPs: notReady.status!.podIPs } } as Pod],
      slices,
    );
    expect(later.update.map(({ metadata }) => metadata.name)).toEqual(["web-0"]);
    expect(later.create).toEqual([]);
  });

  test("hold a hundred endpoints each", () => {
    const many = Array.from({ length: 250 }, (_, i) => pod(`p${i}`, { ip: `10.2.0.${i}` }));
    const slices = stored(plan(many).create);
    expect(slices.map(({ endpoints }) => endpoints!.length)).toEqual([
      MOST_ENDPOINTS,
      MOST_ENDPOINTS,
      50,
    ]);
    const more = plan([...many, pod("new", { ip: "10.2.1.1" })], slices);
    expect(more.update.map(({ endpoints }) => endpoints!.length)).toEqual([51]);
    expect(more.create).toEqual([]);
    const fewer = plan(many.slice(100), slices);
    expect(fewer.delete.map(({ metadata }) => metadata.name)).toEqual(["web-0"]);
  });

  test("without pods there is one empty slice, which is used again", () => {
    const [placeholder] = stored(plan([]).create);
    expect(placeholder).toMatchObject({ endpoints: [], ports: [] });
    expect(plan([], [placeholder!])).toMatchObject({ create: [], update: [], delete: [] });
    const filled = plan([ready], [placeholder!]);
    expect(filled).toMatchObject({ create: [], delete: [] });
    expect(filled.update[0]).toMatchObject({
      metadata: { name: "web-0" },
      ports: [{ port: 8080 }],
    });
  });

  test("wait for a pod's node", () => {
    const lost = pod("lost", { ip: "10.0.0.9", node: "unknown" });
    expect(plan([lost]).withoutNode).toEqual([lost]);
    const publishing = service({ publishNotReadyAddresses: true });
    expect(plan([lost], [], publishing).create[0]!.endpoints).toHaveLength(1);
  });

  test("of another service with the same name go", () => {
    const slices = stored(plan([ready]).create);
    slices[0]!.metadata.ownerReferences![0]!.uid = "uid-before";
    const { create, delete: gone } = plan([ready], slices);
    expect([create.length, gone.length]).toEqual([1, 1]);
  });
});

test("the trigger time is the earliest change since the last write", () => {
  const times = new TriggerTimes();
  const one = service();
  const changed = (seconds: number) => pod("a", { readySinceSeconds: seconds });
  expect(times.next("ns/web", one, [changed(60)])).toBe(at(500));
  expect(times.next("ns/web", one, [changed(60)])).toBeUndefined();
  expect(times.next("ns/web", one, [changed(9), pod("b", { readySinceSeconds: 12 })])).toBe(at(12));
});
