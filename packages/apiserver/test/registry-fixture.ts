// A registry on a store of its own, with virtual time, for the tests beside this file.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kinds, type KubernetesObject } from "@kubonsai/api";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { connectStore, startStore, type StoreClient } from "@kubonsai/store";
import { createRegistry } from "../src/registry/create-registry.ts";
import type { RegistryOptions } from "../src/registry/options.ts";
import type {
  DeleteOptions,
  Registry,
  Resource,
  Stored,
  UpdateOptions,
  WatchOptions,
  WriteOptions,
} from "../src/registry/registry.ts";

export interface Fixture {
  registry: Registry;
  readonly clock: VirtualClock;
  readonly store: StoreClient;
  readonly warnings: string[];
  readonly write: WriteOptions;
  /** The rooms of a kind, of the registry as it is now. */
  readonly of: (resource: string, group?: string) => Resource;
  /** Another registry on the same store. */
  restart(): Promise<void>;
  stopStore(): Promise<void>;
  startStore(): Promise<void>;
  close(): Promise<void>;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

export async function startFixture(): Promise<Fixture> {
  const clock = new VirtualClock();
  const directory = await mkdtemp(join(tmpdir(), "kubonsai-registry-"));
  const socketPath = join(directory, "store.sock");
  const open = () => startStore({ directory, socketPath, clock, log: silent });
  let running = await open();
  const store = connectStore({ address: running.address, clock });
  const options: RegistryOptions = {
    store,
    kinds,
    clock,
    random: seededRandom(7),
    log: silent,
    serviceNodePortRange: { first: 30_000, last: 32_767 },
    serviceClusterIpCidr: "10.96.0.0/16",
    issueToken: async (grant) => ({
      token: JSON.stringify(grant),
      expirationTimestamp: "2026-01-01T01:00:00Z",
      audiences: grant.audiences.length > 0 ? grant.audiences : ["kubernetes"],
    }),
  };
  const warnings: string[] = [];
  const write: WriteOptions = {
    user: { name: "test", groups: ["system:masters"] },
    fieldManager: "test",
    dryRun: false,
    warn: (text) => warnings.push(text),
  };
  const fixture: Fixture = {
    registry: await createRegistry(options),
    clock,
    store,
    warnings,
    write,
    of(resource, group = "") {
      const found = fixture.registry.resource({ group, version: "v1", resource });
      if (!found) throw new Error(`no ${resource}`);
      return found;
    },
    async restart() {
      await fixture.registry.close();
      fixture.registry = await createRegistry(options);
    },
    stopStore: () => running.stop(),
    async startStore() {
      running = await open();
    },
    async close() {
      await fixture.registry.close();
      await store.close();
      await running.stop();
      await rm(directory, { recursive: true });
    },
  };
  return fixture;
}

/** A namespace that pods can be made in. */
export async function makeNamespace(fixture: Fixture, name: string): Promise<void> {
  await fixture.of("namespaces").create("", named("v1", "Namespace", name), fixture.write);
  await fixture
    .of("serviceaccounts")
    .create(name, named("v1", "ServiceAccount", "default"), fixture.write);
}

export function named(apiVersion: string, kind: string, name: string): KubernetesObject {
  return { apiVersion, kind, metadata: { name } };
}

export function pod(name: string, spec: object = {}): KubernetesObject {
  const containers = [{ name: "main", image: "nginx" }];
  return { ...named("v1", "Pod", name), spec: { containers, ...spec } } as KubernetesObject;
}

export function configMap(name: string, data: { [key: string]: string } = {}): KubernetesObject {
  return { ...named("v1", "ConfigMap", name), data } as KubernetesObject;
}

export const deleting = (fixture: Fixture, options: Partial<DeleteOptions> = {}) => ({
  ...fixture.write,
  ...options,
});

export const updating = (fixture: Fixture, options: Partial<UpdateOptions> = {}) => ({
  ...fixture.write,
  subresource: "",
  allowCreate: false,
  ...options,
});

/** What a watch was told: `ADDED default/web`, `BOOKMARK`, `BOOKMARK end`, `END too old …` */
export interface Seen {
  readonly lines: string[];
  readonly objects: (Stored | undefined)[];
  stop(): void;
}

export async function watching(
  resource: Resource,
  namespace: string,
  options: Partial<WatchOptions> = {},
): Promise<Seen> {
  const lines: string[] = [];
  const objects: (Stored | undefined)[] = [];
  const stopped = new AbortController();
  const sink = {
    event(type: string, stored: Stored | undefined, _version: string, isEnd?: boolean) {
      const { namespace: within, name } = stored?.object.metadata ?? {};
      const path = stored ? ` ${within ? `${within}/` : ""}${name}` : isEnd ? " end" : "";
      lines.push(type + path);
      objects.push(stored);
    },
    end: (error?: Error) => void lines.push(`END ${error?.message ?? ""}`.trim()),
  };
  const request = { allowBookmarks: false, ...options };
  await resource.watch(namespace, request, sink, stopped.signal);
  return { lines, objects, stop: () => stopped.abort() };
}
