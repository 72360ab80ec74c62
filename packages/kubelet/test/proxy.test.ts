// Where connections to services go: pure, from Services and EndpointSlices.

import type { Endpoint, EndpointSlice, Service } from "@kubonsai/api";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { describe, expect, it } from "vitest";
import { portRoutes } from "../src/proxy/service-ports.ts";
import { LiveServiceTable } from "../src/proxy/service-table.ts";

/** `1 ready`, `2 terminating` (still serving), `3 down`: the last part of the address and its state. */
function slice(...endpoints: string[]): EndpointSlice {
  const conditions: { [state: string]: Endpoint["conditions"] } = {
    ready: { ready: true, serving: true, terminating: false },
    terminating: { ready: false, serving: true, terminating: true },
    down: { ready: false, serving: false, terminating: false },
    silent: {},
  };
  return {
    metadata: { name: "web-1", namespace: "default" },
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    endpoints: endpoints.map((text) => {
      const [last, state = ""] = text.split(" ");
      return {
        addresses: [`10.244.1.${last}`],
        hostname: `web-${last}`,
        conditions: conditions[state],
      };
    }),
  };
}

const service = (spec: Partial<Service["spec"]> = {}): Service => ({
  metadata: { name: "web", namespace: "default" },
  spec: {
    clusterIP: "10.96.0.20",
    clusterIPs: ["10.96.0.20"],
    ports: [{ name: "http", port: 80, protocol: "TCP", nodePort: 30080 }],
    ...spec,
  },
});

describe("portRoutes", () => {
  it.each<[string[], string[]]>([
    [
      ["1 ready", "2 ready"],
      ["1", "2"],
    ],
    [["1 ready", "2 terminating", "3 down"], ["1"]],
    [["1 terminating", "2 down"], ["1"]],
    [["1 down"], []],
    [["1 silent"], ["1"]],
    [[], []],
  ])("%o leads to %o", (endpoints, targets) => {
    const [route] = portRoutes(service(), [slice(...endpoints)]);
    expect(route!.targets).toEqual(targets.map((last) => ({ ip: `10.244.1.${last}`, port: 8080 })));
  });

  it("matches ports by name", () => {
    const ports = [{ name: "metrics", port: 9000, protocol: "TCP" as const }];
    const [route] = portRoutes(service({ ports }), [slice("1 ready")]);
    expect(route!.targets).toEqual([]);
  });
});

describe("LiveServiceTable", () => {
  const clock = new VirtualClock();
  const table = () => new LiveServiceTable({ clock, random: seededRandom(1) });
  const client = { ip: "10.244.9.9", port: 40_000 };

  it("spreads connections over all ready endpoints", () => {
    const routes = table();
    routes.set("default/web", service(), [slice("1 ready", "2 ready", "3 ready")]);
    const seen = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const target = routes.route("10.96.0.20", 80, client);
      if (typeof target === "object") seen.add(target.ip);
    }
    expect([...seen].sort()).toEqual(["10.244.1.1", "10.244.1.2", "10.244.1.3"]);
  });

  it("leads a client to the same endpoint while the service wants that", async () => {
    const routes = table();
    const sticky = service({
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    });
    const all = ["1 ready", "2 ready", "3 ready"];
    routes.set("default/web", sticky, [slice(...all)]);
    const visit = () => (routes.route("10.96.0.20", 80, client) as { ip: string }).ip;
    const first = visit();
    for (let i = 0; i < 30; i++) expect(visit()).toBe(first);
    const others = all.filter((one) => !first.endsWith(one.split(" ")[0]!));
    routes.set("default/web", sticky, [slice(...others)]);
    const second = visit();
    expect(second).not.toBe(first);
    expect(visit()).toBe(second);
    await clock.advance(60_000);
    const seen = new Set<string>();
    for (let i = 0; i < 30; i++) {
      seen.add(visit());
      await clock.advance(60_000);
    }
    expect(seen.size).toBe(2);
  });

  it("refuses where nobody listens, and does not know what is none of its own", () => {
    const routes = table();
    routes.set("default/web", service(), []);
    expect(routes.route("10.96.0.20", 80, client)).toBe("refused");
    expect(routes.route("10.96.0.20", 81, client)).toBe("refused");
    expect(routes.route("10.96.0.21", 80, client)).toBeUndefined();
    routes.delete("default/web");
    expect(routes.route("10.96.0.20", 80, client)).toBeUndefined();
  });

  it("knows services by name", () => {
    const routes = table();
    routes.set("default/web", service(), [slice("1 ready")]);
    const headless = service({ clusterIP: "None", clusterIPs: ["None"] });
    routes.set("default/db", headless, [slice("1 ready", "2 ready", "3 down")]);
    const alias = service({
      type: "ExternalName",
      clusterIP: "",
      clusterIPs: [],
      externalName: "web.default.svc.cluster.local",
    });
    routes.set("default/alias", alias, []);
    const resolve = (name: string) => routes.resolve(`${name}.default.svc.cluster.local`);
    expect(resolve("web")).toEqual(["10.96.0.20"]);
    expect(resolve("db")).toEqual(["10.244.1.1", "10.244.1.2"]);
    expect(resolve("web-2.db")).toEqual(["10.244.1.2"]);
    expect(resolve("alias")).toEqual(["10.96.0.20"]);
    expect(resolve("nobody")).toBeUndefined();
    expect(routes.resolve("example.com")).toBeUndefined();
  });
});
