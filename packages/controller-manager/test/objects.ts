// Objects for tests, made of the little that a case is about.

import type {
  Deployment,
  DeploymentCondition,
  Node,
  Pod,
  ReplicaSet,
  Service,
} from "@kubonsai/api";

export const NOW = Date.UTC(2026, 0, 1, 12);

export const at = (secondsAgo: number): string =>
  `${new Date(NOW - secondsAgo * 1000).toISOString().slice(0, 19)}Z`;

interface PodTraits {
  ready?: boolean;
  readySinceSeconds?: number;
  ageSeconds?: number;
  phase?: "Pending" | "Running" | "Succeeded" | "Failed";
  node?: string;
  ip?: string;
  leaving?: boolean;
  labels?: { [name: string]: string };
  annotations?: { [name: string]: string };
  restarts?: number;
}

export function pod(name: string, traits: PodTraits = {}): Pod {
  const { ready = true, readySinceSeconds = 60, ageSeconds = 100, phase = "Running" } = traits;
  const { node = "n1", ip, leaving, labels = { app: "web" }, annotations, restarts } = traits;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "ns",
      uid: `uid-${name}`,
      labels,
      creationTimestamp: at(ageSeconds),
      ...(annotations ? { annotations } : {}),
      ...(leaving ? { deletionTimestamp: at(-30) } : {}),
    },
    spec: {
      ...(node ? { nodeName: node } : {}),
      containers: [{ name: "web", image: "nginx", ports: [{ name: "http", containerPort: 8080 }] }],
    },
    status: {
      phase,
      ...(ip ? { podIP: ip, podIPs: [{ ip }] } : {}),
      conditions: [
        {
          type: "Ready",
          status: ready ? "True" : "False",
          lastTransitionTime: at(readySinceSeconds),
        },
      ],
      ...(restarts === undefined
        ? {}
        : {
            containerStatuses: [
              { name: "web", restartCount: restarts, ready, image: "nginx", imageID: "" },
            ],
          }),
    },
  };
}

interface DeploymentTraits {
  surge?: number | string;
  missing?: number | string;
  image?: string;
  strategy?: "RollingUpdate" | "Recreate";
  paused?: boolean;
  history?: number;
  conditions?: DeploymentCondition[];
  annotations?: { [name: string]: string };
  status?: Deployment["status"];
}

export function deployment(replicas: number, traits: DeploymentTraits = {}): Deployment {
  const { surge = "25%", missing = "25%", image = "new", strategy = "RollingUpdate" } = traits;
  const { paused, history = 10, conditions, annotations, status } = traits;
  const rollingUpdate = { maxSurge: surge, maxUnavailable: missing };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "web",
      namespace: "ns",
      uid: "uid-web",
      generation: 1,
      ...(annotations ? { annotations } : {}),
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: "web" } },
      strategy: { type: strategy, ...(strategy === "Recreate" ? {} : { rollingUpdate }) },
      template: templateOf(image),
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: history,
      ...(paused ? { paused } : {}),
    },
    status: status ?? { observedGeneration: 1, ...(conditions ? { conditions } : {}) },
  };
}

const templateOf = (image: string, labels = { app: "web" }) => ({
  metadata: { labels },
  spec: { containers: [{ name: "web", image }] },
});

let born = 0;

/**
 * `replicaSet("old 8/6")`: image `old`, 8 wanted, 6 available; `desired` and `most` are noted as the
 * deployment's size and greatest size. Later ones are younger.
 */
export function replicaSet(
  shape: string,
  { desired, most, revision = 1 }: { desired?: number; most?: number; revision?: number } = {},
): ReplicaSet {
  const [image = "", sizes = ""] = shape.split(" ");
  const [size = 0, available = size] = sizes.split("/").map(Number);
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `web-${image}`,
      namespace: "ns",
      uid: `uid-${image}`,
      generation: 1,
      creationTimestamp: at(1000 - born++),
      annotations: {
        "deployment.kubernetes.io/revision": String(revision),
        ...(desired === undefined
          ? {}
          : {
              "deployment.kubernetes.io/desired-replicas": String(desired),
              "deployment.kubernetes.io/max-replicas": String(most ?? desired),
            }),
      },
    },
    spec: {
      replicas: size,
      selector: { matchLabels: { app: "web" } },
      template: {
        ...templateOf(image),
        metadata: { labels: { app: "web", "pod-template-hash": image } },
      },
    },
    status: {
      replicas: size,
      readyReplicas: available,
      availableReplicas: available,
      terminatingReplicas: 0,
      observedGeneration: 1,
    },
  };
}

export function node(name: string, ready: "True" | "False" | "Unknown" = "True"): Node {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, uid: `uid-${name}`, creationTimestamp: at(3600) },
    spec: {},
    status: {
      conditions: [
        { type: "MemoryPressure", status: "False", lastHeartbeatTime: at(10) },
        { type: "Ready", status: ready, lastHeartbeatTime: at(10) },
      ],
    },
  };
}

export function service(spec: Partial<NonNullable<Service["spec"]>> = {}): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "web",
      namespace: "ns",
      uid: "uid-svc",
      labels: { tier: "front" },
      creationTimestamp: at(500),
    },
    spec: {
      selector: { app: "web" },
      clusterIP: "10.96.0.7",
      ipFamilies: ["IPv4"],
      ports: [{ port: 80, targetPort: "http", protocol: "TCP" }],
      ...spec,
    },
  };
}
