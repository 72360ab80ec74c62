// What a container finds in its environment, and what is refused.

import type { Container, Pod, Service } from "@kubonsai/api";
import { notFoundError } from "@kubonsai/api";
import { describe, expect, it } from "vitest";
import { containerEnvironment } from "../src/environment/container-environment.ts";
import { expand } from "../src/environment/expansion.ts";
import { createSources, type Lookup } from "../src/environment/sources.ts";
import { pod } from "./support/pods.ts";

type Data = { data?: { [key: string]: string } };
const lookup = (objects: { [name: string]: Data }): Lookup<Data & { metadata: object }> => ({
  cached: (_namespace, name) => {
    const found = Object.hasOwn(objects, name) ? objects[name] : undefined;
    return found && { metadata: { name }, ...found };
  },
  fetch: (_namespace, name) => Promise.reject(notFoundError({ group: "", resource: "x" }, name)),
});

const sources = createSources(
  lookup({ settings: { data: { a: "1", b: "2" } } }),
  lookup({ keys: { data: { token: Buffer.from("geheim").toString("base64") } } }),
);

async function environment(
  change: (container: Container, pod: Pod) => void,
  services: Service[] = [],
) {
  const made = pod("a", (one) => {
    one.metadata.labels = { app: "web", tier: "x" };
    change(one.spec.containers[0]!, one);
  });
  const found = await containerEnvironment(made, made.spec.containers[0]!, {
    sources,
    services,
    podIP: "10.244.1.2",
    hostIP: "172.18.0.2",
    allocatable: { cpu: "8", memory: "16Gi" },
  });
  return Object.fromEntries(found);
}

describe("expand", () => {
  const lookupName = (name: string) => ({ A: "1", EMPTY: "" })[name];
  it.each([
    ["$(A)", "1"],
    ["x$(A)y$(EMPTY)", "x1y"],
    ["$(NO) stays", "$(NO) stays"],
    ["$$(A)", "$(A)"],
    ["$$$(A)", "$1"],
    ["$A ${A} $", "$A ${A} $"],
    ["$(date +%Y)", "$(date +%Y)"],
    ["$(A", "$(A"],
  ])("%s is %s", (text, expected) => expect(expand(text, lookupName)).toBe(expected));
});

describe("containerEnvironment", () => {
  it("takes values from everywhere, later ones over earlier ones", async () => {
    const found = await environment((container) => {
      container.envFrom = [
        { prefix: "S_", configMapRef: { name: "settings" } },
        { secretRef: { name: "keys" } },
        { configMapRef: { name: "nobody", optional: true } },
      ];
      container.env = [
        { name: "PLAIN", value: "v" },
        { name: "JOINED", value: "$(PLAIN)-$(S_a)-$(NO)" },
        { name: "S_b", value: "own" },
        { name: "NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        { name: "APP", valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
        { name: "IPS", valueFrom: { fieldRef: { fieldPath: "status.podIPs" } } },
        { name: "KEY", valueFrom: { secretKeyRef: { name: "keys", key: "token" } } },
        { name: "GONE", valueFrom: { secretKeyRef: { name: "no", key: "x", optional: true } } },
      ];
    });
    expect(found).toEqual({
      S_a: "1",
      S_b: "own",
      token: "geheim",
      PLAIN: "v",
      JOINED: "v-1-$(NO)",
      NAME: "web",
      APP: "web",
      IPS: "10.244.1.2",
      KEY: "geheim",
    });
  });

  it("tells what the container may use, in its own units", async () => {
    const found = await environment((container) => {
      container.resources = { limits: { cpu: "1500m" }, requests: { memory: "64Mi" } };
      const field = (name: string, resource: string, divisor?: string) => ({
        name,
        valueFrom: { resourceFieldRef: { resource, ...(divisor ? { divisor } : {}) } },
      });
      container.env = [
        field("CPU", "limits.cpu"),
        field("MILLIS", "limits.cpu", "1m"),
        field("MEMORY", "requests.memory", "1Mi"),
        field("NODE_MEMORY", "limits.memory", "1Gi"),
      ];
    });
    expect(found).toEqual({ CPU: "2", MILLIS: "1500", MEMORY: "64", NODE_MEMORY: "16" });
  });

  const service = (namespace: string, name: string, clusterIP: string): Service => ({
    metadata: { namespace, name },
    spec: { clusterIP, ports: [{ name: "http", port: 80, protocol: "TCP" }] },
  });
  const services = [
    service("default", "my-web", "10.96.0.9"),
    service("other", "far", "10.96.0.8"),
    service("default", "headless", "None"),
  ];

  it("names the services of the namespace", async () => {
    expect(await environment(() => {}, services)).toEqual({
      MY_WEB_SERVICE_HOST: "10.96.0.9",
      MY_WEB_SERVICE_PORT: "80",
      MY_WEB_SERVICE_PORT_HTTP: "80",
      MY_WEB_PORT: "tcp://10.96.0.9:80",
      MY_WEB_PORT_80_TCP: "tcp://10.96.0.9:80",
      MY_WEB_PORT_80_TCP_PROTO: "tcp",
      MY_WEB_PORT_80_TCP_PORT: "80",
      MY_WEB_PORT_80_TCP_ADDR: "10.96.0.9",
    });
    expect(await environment((_, { spec }) => (spec.enableServiceLinks = false), services)).toEqual(
      {},
    );
  });

  it.each<[string, (container: Container) => void]>([
    ['configmap "no" not found', (one) => (one.envFrom = [{ configMapRef: { name: "no" } }])],
    ['secret "no" not found', (one) => (one.envFrom = [{ secretRef: { name: "no" } }])],
    [
      "couldn't find key c in ConfigMap default/settings",
      (one) =>
        (one.env = [{ name: "X", valueFrom: { configMapKeyRef: { name: "settings", key: "c" } } }]),
    ],
    [
      "couldn't find key __proto__ in Secret default/keys",
      (one) =>
        (one.env = [
          { name: "X", valueFrom: { secretKeyRef: { name: "keys", key: "__proto__" } } },
        ]),
    ],
  ])("refuses: %s", async (message, change) => {
    await expect(environment(change)).rejects.toThrow(message);
  });
});
