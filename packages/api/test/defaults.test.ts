// What is filled into objects that say little.

import { expect, test } from "vitest";
import {
  deploymentKind,
  namespaceKind,
  podKind,
  secretKind,
  serviceKind,
  type Kind,
  type Secret,
} from "../src/index.ts";
import { applyDefaults } from "../src/schema/defaults.ts";
import { decode } from "../src/schema/decode.ts";

/** As the server does with a request's body. */
function defaulted(kind: Kind, body: unknown): unknown {
  const { object } = decode<never>(kind.schema, body);
  applyDefaults(kind.schema, object);
  kind.setDefaults?.(object);
  return object;
}

test("a bare deployment", () => {
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          containers: [
            {
              name: "web",
              image: "nginx:1.20.2",
              ports: [{ containerPort: 80 }],
              readinessProbe: null,
              livenessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 5 },
            },
          ],
          volumes: [{ name: "data", hostPath: { path: "/tmp/data" } }, { name: "empty" }],
        },
      },
    },
  };
  // derived: kubernetes v1.36 pkg/apis/apps/v1/defaults.go and pkg/apis/core/v1/defaults.go
  expect(defaulted(deploymentKind, deployment)).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          volumes: [
            { name: "data", hostPath: { path: "/tmp/data", type: "" } },
            { name: "empty", emptyDir: {} },
          ],
          containers: [
            {
              name: "web",
              image: "nginx:1.20.2",
              ports: [{ containerPort: 80, protocol: "TCP" }],
              resources: {},
              livenessProbe: {
                httpGet: { path: "/", port: 80, scheme: "HTTP" },
                initialDelaySeconds: 5,
                timeoutSeconds: 1,
                periodSeconds: 10,
                successThreshold: 1,
                failureThreshold: 3,
              },
              terminationMessagePath: "/dev/termination-log",
              terminationMessagePolicy: "File",
              imagePullPolicy: "IfNotPresent",
            },
          ],
          restartPolicy: "Always",
          terminationGracePeriodSeconds: 30,
          dnsPolicy: "ClusterFirst",
          securityContext: {},
          schedulerName: "default-scheduler",
        },
      },
      strategy: {
        type: "RollingUpdate",
        rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    },
    status: {},
  });
});

test("a pod gets what templates do not", () => {
  const limits = { cpu: "0.5", memory: "64Mi" };
  const body = {
    metadata: { name: "p" },
    spec: {
      hostNetwork: true,
      containers: [
        { name: "a", image: "a", resources: { limits }, ports: [{ containerPort: 80 }] },
      ],
    },
  };
  expect(defaulted(podKind, body)).toMatchObject({
    spec: {
      enableServiceLinks: true,
      containers: [
        {
          imagePullPolicy: "Always",
          ports: [{ containerPort: 80, hostPort: 80, protocol: "TCP" }],
          resources: {
            limits: { cpu: "500m", memory: "64Mi" },
            requests: { cpu: "500m", memory: "64Mi" },
          },
        },
      ],
    },
  });
});

test.each<[string, string]>([
  ["nginx", "Always"],
  ["nginx:latest", "Always"],
  ["nginx:1.20", "IfNotPresent"],
  ["localhost:5000/a", "Always"],
  ["localhost:5000/a:1", "IfNotPresent"],
  [`nginx@sha256:${"0".repeat(64)}`, "IfNotPresent"],
  ["Nginx", "IfNotPresent"],
  ["", "IfNotPresent"],
])("image %j is pulled %s", (image, policy) => {
  const pod = defaulted(podKind, { metadata: {}, spec: { containers: [{ name: "a", image }] } });
  expect(pod).toMatchObject({ spec: { containers: [{ imagePullPolicy: policy }] } });
});

test("a bare service, a node port and an affinity", () => {
  const ports = [{ port: 81 }];
  expect(defaulted(serviceKind, { metadata: {}, spec: { ports } })).toMatchObject({
    spec: {
      ports: [{ port: 81, protocol: "TCP", targetPort: 81 }],
      sessionAffinity: "None",
      type: "ClusterIP",
      internalTrafficPolicy: "Cluster",
    },
  });
  expect(
    defaulted(serviceKind, {
      metadata: {},
      spec: { type: "NodePort", sessionAffinity: "ClientIP" },
    }),
  ).toMatchObject({
    spec: {
      externalTrafficPolicy: "Cluster",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
    },
  });
});

test("namespaces are labelled with their name and kept until they are empty", () => {
  const namespace = defaulted(namespaceKind, { metadata: { name: "a" } }) as never;
  namespaceKind.prepareForCreate!(namespace);
  expect(namespace).toMatchObject({
    metadata: { labels: { "kubernetes.io/metadata.name": "a" } },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  });
});

test("stringData becomes bytes of data", () => {
  const body = { metadata: {}, data: { a: "eA==" }, stringData: { a: "ä", b: "y" } };
  const secret = defaulted(secretKind, body) as Secret;
  secretKind.prepareForCreate!(secret);
  expect(secret.data).toEqual({ a: "w6Q=", b: "eQ==" });
  expect(secret).not.toHaveProperty("stringData");
  expect(secret.type).toBe("Opaque");
});
