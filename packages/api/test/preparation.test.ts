// What updates keep and count, warnings, and events under their two names.

import { describe, expect, test } from "vitest";
import {
  deploymentKind,
  fromCoreEvent,
  podKind,
  serviceKind,
  toCoreEvent,
  type Deployment,
  type EventsEvent,
  type Pod,
  type Service,
} from "../src/index.ts";

const deployment = (): Deployment => ({
  metadata: { name: "d", generation: 1 },
  spec: {
    selector: { matchLabels: { app: "a" } },
    template: { metadata: { labels: { app: "a" } }, spec: { containers: [] } },
  },
  status: { replicas: 3 },
});

describe("generation", () => {
  test.each<[string, (changed: Deployment) => void, number]>([
    ["nothing changed", () => {}, 1],
    ["the spec", (d) => (d.spec.replicas = 2), 2],
    ["an annotation", (d) => (d.metadata.annotations = { a: "b" }), 2],
    ["a label", (d) => (d.metadata.labels = { a: "b" }), 1],
    ["what users claim", (d) => (d.metadata.generation = 9), 1],
    ["the status", (d) => (d.status = { replicas: 9 }), 1],
  ])("%s", (_, change, generation) => {
    const changed = deployment();
    change(changed);
    deploymentKind.prepareForUpdate!(changed, deployment());
    expect(changed.metadata.generation).toBe(generation);
    expect(changed.status).toEqual({ replicas: 3 });
  });
});

test("an update of the status keeps the spec and the labels", () => {
  const changed = deployment();
  changed.spec.replicas = 7;
  changed.metadata.labels = { x: "y" };
  changed.status = { replicas: 1 };
  deploymentKind.prepareForStatusUpdate!(changed, deployment());
  expect(changed).toEqual({ ...deployment(), status: { replicas: 1 } });
});

test("a pod's status update keeps owners, deletion and quality of service", () => {
  const old: Pod = {
    metadata: { name: "p", deletionTimestamp: "t", generation: 2 },
    spec: { containers: [] },
    status: { phase: "Pending", qosClass: "BestEffort" },
  };
  const pod: Pod = {
    metadata: { name: "p" },
    spec: { containers: [] },
    status: { phase: "Running" },
  };
  podKind.prepareForStatusUpdate!(pod, old);
  expect(pod).toEqual({ ...old, status: { phase: "Running", qosClass: "BestEffort" } });
});

test("a service that becomes a name loses its address", () => {
  const old: Service = {
    metadata: {},
    spec: {
      type: "ClusterIP",
      clusterIP: "10.0.0.1",
      clusterIPs: ["10.0.0.1"],
      ipFamilies: ["IPv4"],
    },
  };
  const service = structuredClone(old);
  service.spec.type = "ExternalName";
  serviceKind.prepareForUpdate!(service, old);
  expect(service.spec).toEqual({ type: "ExternalName" });
});

describe("warnings", () => {
  const warningsOf = (container: object, spec: object = {}) =>
    podKind.warnings!({
      metadata: {},
      spec: { containers: [{ name: "c", ...container }], ...spec },
    } as Pod);

  test.each<[string, object, object, string[]]>([
    ["nothing odd", { env: [{ name: "A", value: "1" }], ports: [{ containerPort: 1 }] }, {}, []],
    [
      "a variable twice",
      {
        env: [
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
      },
      {},
      [
        'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
      ],
    ],
    [
      "a variable extended",
      {
        env: [
          { name: "A", value: "1" },
          { name: "A", value: "$(A):2" },
        ],
      },
      {},
      [],
    ],
    [
      "a port twice",
      {
        ports: [
          { containerPort: 80, protocol: "TCP" },
          { containerPort: 80, protocol: "TCP" },
        ],
      },
      {},
      ["spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]"],
    ],
    [
      "an old node label",
      {},
      { nodeSelector: { "beta.kubernetes.io/os": "linux" } },
      [
        'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
    [
      "half a byte",
      { resources: { limits: { memory: "100m" } } },
      {},
      [
        'spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
      ],
    ],
  ])("%s", (_, container, spec, warnings) => {
    expect(warningsOf(container, spec)).toEqual(warnings);
  });
});

test("an event is the same after it was stored under the other name", () => {
  const event: EventsEvent = {
    apiVersion: "events.k8s.io/v1",
    kind: "Event",
    metadata: { name: "e", namespace: "n" },
    eventTime: "2026-01-01T00:00:00.000000Z",
    series: { count: 2, lastObservedTime: "2026-01-01T00:00:01.000000Z" },
    reportingController: "default-scheduler",
    reportingInstance: "default-scheduler-x",
    action: "Binding",
    reason: "Scheduled",
    regarding: { kind: "Pod", name: "p" },
    note: "Successfully assigned n/p to node",
    type: "Normal",
  };
  const stored = toCoreEvent(event);
  expect(stored).toMatchObject({
    apiVersion: "v1",
    involvedObject: { kind: "Pod", name: "p" },
    message: "Successfully assigned n/p to node",
    reportingComponent: "default-scheduler",
  });
  expect(fromCoreEvent(stored)).toEqual(event);
});
