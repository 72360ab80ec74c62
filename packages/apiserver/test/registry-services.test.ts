// Services get addresses and ports, keep them, and give them back.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KubernetesObject, Service } from "@kubonsai/api";
import {
  deleting,
  makeNamespace,
  named,
  startFixture,
  updating,
  type Fixture,
} from "./registry-fixture.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  await makeNamespace(fixture, "default");
});
afterEach(() => fixture.close());

const key = (name: string) => ({ namespace: "default", name });
const http = { name: "http", port: 80, protocol: "TCP" as const };

async function make(name: string, spec: object = {}, dryRun = false): Promise<Service> {
  const selector = { app: name };
  const object = { ...named("v1", "Service", name), spec: { selector, ports: [http], ...spec } };
  const options = { ...fixture.write, dryRun };
  const stored = await fixture
    .of("services")
    .create("default", object as KubernetesObject, options);
  return stored.object as Service;
}

async function change(name: string, edit: (spec: Service["spec"]) => void): Promise<Service> {
  const { stored } = await fixture.of("services").update(
    key(name),
    (current) => {
      edit((current as Service).spec);
      return current!;
    },
    updating(fixture),
  );
  return stored.object as Service;
}

test("a Service gets an address of the range", async () => {
  const { spec } = await make("web");
  expect(spec.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
  expect(spec).toMatchObject({
    clusterIPs: [spec.clusterIP],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
  });
});

test("no two get the same", async () => {
  const services = await Promise.all(Array.from({ length: 50 }, (_, i) => make(`web-${i}`)));
  expect(new Set(services.map(({ spec }) => spec.clusterIP)).size).toBe(50);
});

test("a headless one gets none, an ExternalName neither", async () => {
  const headless = await make("a", { clusterIP: "None" });
  expect(headless.spec).toMatchObject({ clusterIP: "None", clusterIPs: ["None"] });
  const external = await make("b", {
    type: "ExternalName",
    externalName: "x.org",
    ports: undefined,
  });
  expect(external.spec.clusterIP).toBeUndefined();
});

describe("an address that is asked for", () => {
  test("is given once", async () => {
    await make("a", { clusterIP: "10.96.0.10" });
    await expect(make("b", { clusterIP: "10.96.0.10" })).rejects.toMatchObject({
      code: 422,
      message:
        'Service "b" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.10"]: ' +
        "failed to allocate IP 10.96.0.10: provided IP is already allocated",
    });
  });

  test("must be of the range", async () => {
    await expect(make("a", { clusterIP: "10.1.0.1" })).rejects.toThrow(
      "failed to allocate IP 10.1.0.1: the provided network does not match the current range",
    );
  });

  test("is free again when its Service is gone", async () => {
    await make("a", { clusterIP: "10.96.0.10" });
    await fixture.of("services").delete(key("a"), deleting(fixture));
    expect((await make("b", { clusterIP: "10.96.0.10" })).spec.clusterIP).toBe("10.96.0.10");
  });

  test("is not held by a dry run or a refused Service", async () => {
    const port = { ...http, nodePort: 40_012 };
    await make("a", { clusterIP: "10.96.0.10" }, true);
    await expect(
      make("a", { type: "NodePort", clusterIP: "10.96.0.10", ports: [port] }),
    ).rejects.toMatchObject({ code: 422 });
    expect((await make("b", { clusterIP: "10.96.0.10" })).spec.clusterIP).toBe("10.96.0.10");
  });
});

describe("node ports", () => {
  const nodePort = (number?: number) => ({
    type: "NodePort",
    ports: [{ ...http, ...(number && { nodePort: number }) }],
  });

  test("are given where none is asked for", async () => {
    const { spec } = await make("a", nodePort());
    expect(spec.ports![0]!.nodePort).toBeGreaterThanOrEqual(30_000);
    expect(spec.ports![0]!.nodePort).toBeLessThanOrEqual(32_767);
  });

  test("must lie in the range", async () => {
    await expect(make("a", nodePort(40_012))).rejects.toMatchObject({
      code: 422,
      message:
        'Service "a" is invalid: spec.ports[0].nodePort: Invalid value: 40012: provided port is ' +
        "not in the valid range. The range of valid ports is 30000-32767",
    });
  });

  test("are given once", async () => {
    await make("a", nodePort(30_080));
    await expect(make("b", nodePort(30_080))).rejects.toThrow(
      "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated",
    );
  });

  test("are one number for one port under two protocols", async () => {
    const ports = [
      { name: "dns", port: 53, protocol: "UDP", nodePort: 30_053 },
      { name: "dns-tcp", port: 53, protocol: "TCP" },
    ];
    const { spec } = await make("a", { type: "NodePort", ports });
    expect(spec.ports!.map((port) => port.nodePort)).toEqual([30_053, 30_053]);
  });

  test("stay when an update leaves them out", async () => {
    const { spec } = await make("a", nodePort());
    const updated = await change("a", (now) => {
      delete now.clusterIP;
      delete now.clusterIPs;
      now.ports = [{ ...http, port: 81 }];
    });
    expect(updated.spec).toMatchObject({
      clusterIP: spec.clusterIP,
      ports: [{ port: 81, nodePort: spec.ports![0]!.nodePort }],
    });
  });

  test("come and go with the type", async () => {
    await make("a");
    const opened = await change("a", (spec) => {
      spec.type = "NodePort";
      spec.ports = [{ ...http, nodePort: 30_080 }];
    });
    expect(opened.spec.ports![0]!.nodePort).toBe(30_080);
    const closed = await change("a", (spec) => {
      spec.type = "ClusterIP";
    });
    expect(closed.spec.ports![0]!.nodePort).toBeUndefined();
    expect((await make("b", nodePort(30_080))).spec.ports![0]!.nodePort).toBe(30_080);
  });

  test("include one for health checks of a local load balancer", async () => {
    const { spec } = await make("a", { type: "LoadBalancer", externalTrafficPolicy: "Local" });
    expect(spec.healthCheckNodePort).toBeGreaterThanOrEqual(30_000);
    expect(spec.healthCheckNodePort).not.toBe(spec.ports![0]!.nodePort);
  });

  test("that are taken are known after a restart", async () => {
    await make("a", nodePort(30_080));
    await fixture.restart();
    await expect(make("b", nodePort(30_080))).rejects.toThrow("provided port is already allocated");
  });
});

test("a Service that goes takes its Endpoints along", async () => {
  await make("web");
  const { of, write } = fixture;
  await of("endpoints").create("default", named("v1", "Endpoints", "web"), write);
  await of("services").delete(key("web"), deleting(fixture));
  await expect(of("endpoints").get(key("web"), {})).rejects.toThrow('endpoints "web" not found');
});
