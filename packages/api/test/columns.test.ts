// Table cells of kinds other than pods.

import { describe, expect, test } from "vitest";
import {
  deploymentKind,
  endpointSliceKind,
  endpointsKind,
  eventKind,
  eventsEventKind,
  nodeKind,
  replicaSetKind,
  serviceKind,
  type Column,
  type Event,
  type KubernetesObject,
} from "../src/index.ts";

const nowMs = Date.parse("2026-01-01T01:00:00Z");
const metadata = { name: "a", creationTimestamp: "2026-01-01T00:55:00Z" };

function row<T extends KubernetesObject>(columns: readonly Column<T>[], object: T) {
  return Object.fromEntries(columns.map((one) => [one.name, one.cell(object, nowMs)]));
}

const selector = { matchLabels: { app: "a" } };
const template = {
  spec: {
    containers: [
      { name: "x", image: "i" },
      { name: "y", image: "j" },
    ],
  },
};

test("a deployment", () => {
  const status = { readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 };
  const deployment = { metadata, spec: { replicas: 3, selector, template }, status };
  expect(row(deploymentKind.columns, deployment)).toEqual({
    Name: "a",
    Ready: "1/3",
    "Up-to-date": 2,
    Available: 1,
    Age: "5m",
    Containers: "x,y",
    Images: "i,j",
    Selector: "app=a",
  });
});

test("a replica set", () => {
  const replicaSet = { metadata, spec: { replicas: 0, selector, template } };
  expect(row(replicaSetKind.columns, replicaSet)).toMatchObject({
    Desired: 0,
    Current: 0,
    Ready: 0,
  });
});

describe("services", () => {
  const ports = [
    { port: 81, nodePort: 40012, protocol: "TCP" as const },
    { port: 53, protocol: "UDP" as const },
  ];
  const ingress = [{ ip: "203.0.113.10" }, { hostname: "balancer" }];

  test.each<[string, object, object | undefined, object]>([
    [
      "node port",
      { type: "NodePort", clusterIPs: ["10.96.0.1"], ports, selector: { b: "2", a: "1" } },
      undefined,
      {
        Type: "NodePort",
        "Cluster-IP": "10.96.0.1",
        "External-IP": "<none>",
        "Port(s)": "81:40012/TCP,53/UDP",
        Selector: "a=1,b=2",
      },
    ],
    [
      "headless",
      { type: "ClusterIP", clusterIPs: ["None"] },
      undefined,
      { "Cluster-IP": "None", "External-IP": "<none>", "Port(s)": "<none>", Selector: "<none>" },
    ],
    [
      "external name",
      { type: "ExternalName", externalName: "example.com" },
      undefined,
      { "Cluster-IP": "<none>", "External-IP": "example.com" },
    ],
    ["balancer to come", { type: "LoadBalancer" }, {}, { "External-IP": "<pending>" }],
    [
      "balancer",
      { type: "LoadBalancer" },
      { loadBalancer: { ingress } },
      { "External-IP": "203.0.113.10,balancer" },
    ],
  ])("%s", (_, spec, status, cells) => {
    const service = { metadata, spec, ...(status === undefined ? {} : { status }) };
    expect(row(serviceKind.columns, service)).toMatchObject(cells);
  });
});

describe("nodes", () => {
  const ready = (status: string) => [{ type: "Ready", status }];
  test.each<[string, object, object | undefined, string]>([
    ["ready", {}, { conditions: ready("True") }, "Ready"],
    ["not ready", {}, { conditions: ready("False") }, "NotReady"],
    ["silent", {}, { conditions: ready("Unknown") }, "NotReady"],
    ["new", {}, undefined, "Unknown"],
    [
      "cordoned",
      { unschedulable: true },
      { conditions: ready("True") },
      "Ready,SchedulingDisabled",
    ],
  ])("%s", (_, spec, status, shown) => {
    const node = { metadata, spec, ...(status === undefined ? {} : { status }) };
    expect(row(nodeKind.columns, node).Status).toBe(shown);
  });

  test("roles, addresses and versions", () => {
    const labels = { "node-role.kubernetes.io/worker": "", "kubernetes.io/role": "edge" };
    const nodeInfo = {
      machineID: "",
      systemUUID: "",
      bootID: "",
      kernelVersion: "6.1",
      osImage: "",
      containerRuntimeVersion: "containerd://2.0",
      kubeletVersion: "v1.36.0",
      kubeProxyVersion: "",
      operatingSystem: "linux",
      architecture: "amd64",
    };
    const addresses = [{ type: "InternalIP", address: "10.0.0.1" }];
    const node = { metadata: { ...metadata, labels }, status: { nodeInfo, addresses } };
    expect(row(nodeKind.columns, node)).toMatchObject({
      Roles: "edge,worker",
      Version: "v1.36.0",
      "Internal-IP": "10.0.0.1",
      "External-IP": "<none>",
      "OS-Image": "<unknown>",
      "Kernel-Version": "6.1 (amd64)",
      "Container-Runtime": "containerd://2.0",
    });
  });
});

describe("events", () => {
  const event: Event = {
    metadata,
    involvedObject: { kind: "Pod", name: "p", fieldPath: "spec.containers{c}" },
    reason: "Started",
    message: "Container started ",
    type: "Normal",
    reportingComponent: "",
    reportingInstance: "",
  };

  test("counted by its writer", () => {
    const counted: Event = {
      ...event,
      source: { component: "kubelet", host: "n" },
      firstTimestamp: "2026-01-01T00:50:00Z",
      lastTimestamp: "2026-01-01T00:59:50Z",
      count: 4,
    };
    expect(row(eventKind.columns, counted)).toEqual({
      "Last Seen": "10s",
      Type: "Normal",
      Reason: "Started",
      Object: "pod/p",
      Subobject: "spec.containers{c}",
      Source: "kubelet, n",
      Message: "Container started",
      "First Seen": "10m",
      Count: 4,
      Name: "a",
    });
  });

  test("a series, read through either group", () => {
    const cells = { "Last Seen": "5s", "First Seen": "60s", Count: 3, Object: "pod/p" };
    const eventTime = "2026-01-01T00:59:00.000000Z";
    const series = { count: 3, lastObservedTime: "2026-01-01T00:59:55.000000Z" };
    expect(row(eventKind.columns, { ...event, eventTime, series })).toMatchObject(cells);
    const regarding = { kind: "Pod", name: "p" };
    const other = { metadata, eventTime, series, regarding };
    expect(row(eventsEventKind.columns, other)).toMatchObject(cells);
  });

  test("without any time", () => {
    expect(row(eventKind.columns, event)["Last Seen"]).toBe("<unknown>");
  });
});

describe("endpoints", () => {
  const addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"].map((ip) => ({ ip }));
  test.each<[string, object, string]>([
    ["no subsets", {}, "<none>"],
    ["none ready", { subsets: [{ notReadyAddresses: addresses, ports: [{ port: 80 }] }] }, ""],
    ["without ports", { subsets: [{ addresses: addresses.slice(0, 1) }] }, "10.0.0.1"],
    [
      "many",
      { subsets: [{ addresses, ports: [{ port: 80 }] }] },
      "10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 1 more...",
    ],
    [
      "IPv6",
      { subsets: [{ addresses: [{ ip: "fd00::1" }], ports: [{ port: 80 }] }] },
      "[fd00::1]:80",
    ],
  ])("%s", (_, rest, shown) => {
    expect(row(endpointsKind.columns, { metadata, ...rest }).Endpoints).toBe(shown);
  });

  test("a slice", () => {
    const slice = { metadata, addressType: "IPv4" as const, endpoints: [] };
    const unset = { AddressType: "IPv4", Ports: "<unset>", Endpoints: "<unset>" };
    expect(row(endpointSliceKind.columns, slice)).toMatchObject(unset);
    const endpoints = [{ addresses: ["10.0.0.1"] }];
    const filled = { ...slice, ports: [{ port: 80 }, { name: "x" }, {}], endpoints };
    const cells = { Ports: "80,x,*", Endpoints: "10.0.0.1" };
    expect(row(endpointSliceKind.columns, filled)).toMatchObject(cells);
  });
});
