// The kubelet component: many simulated nodes in one process, with one watch, one HTTPS server and
// one virtual network for all of them.

import {
  configMapKind,
  endpointSliceKind,
  nodeKind,
  podKind,
  secretKind,
  serviceKind,
  type ConfigMap,
  type EndpointSlice,
  type Kind,
  type KubernetesObject,
  type Node,
  type Pod,
  type Secret,
  type Service,
} from "@kubonsai/api";
import {
  connectClient,
  createEventRecorder,
  createInformer,
  type Client,
  type ComponentOptions,
  type EventRecorder,
  type Informer,
  type InformerOptions,
  type Running,
} from "@kubonsai/client";
import { createSources } from "./environment/sources.ts";
import { hostNode, type HostedNode } from "./hosted-node.ts";
import { nodeIdentity } from "./node/node-identity.ts";
import { crashBackOff } from "./pods/back-off.ts";
import type { SharedContext } from "./pods/node-context.ts";
import { PodWorkers } from "./pods/pod-workers.ts";
import { StatusWriter } from "./pods/status/status-writer.ts";
import { Prober } from "./probes/prober.ts";
import { Proxy, serviceOf } from "./proxy/proxy.ts";
import { createNetwork, createNodeRuntime, type ClusterNetwork } from "./runtime/index.ts";
import { startServer, type ServingCertificate } from "./server/server.ts";
import { createTokenSource } from "./volumes/service-account-token.ts";

export interface KubeletOptions extends ComponentOptions {
  /** The nodes of this process; a number stands for node-1, node-2 … */
  nodes: number | readonly { name: string; index?: number }[];
  serving: ServingCertificate;
  /** Where node ports listen; default 127.0.0.1. */
  nodePortAddress?: string;
  /** 0, the default: any free port. */
  port?: number;
}

/** Resolves when every node is registered and Ready. */
export async function startKubelet(options: KubeletOptions): Promise<Running & { port: number }> {
  const kubelet = new Kubelet(options);
  try {
    return await kubelet.start();
  } catch (error) {
    await kubelet.stop();
    throw error;
  }
}

class Kubelet implements Running {
  readonly #options: KubeletOptions;
  readonly #client: Client;
  readonly #network: ClusterNetwork;
  readonly #stopping = new AbortController();
  readonly #nodes = new Map<string, HostedNode>();
  readonly #recorders: EventRecorder[] = [];
  readonly #workers: PodWorkers;
  readonly #shared: SharedContext;
  readonly #pods: Informer<Pod>;
  readonly #nodeObjects: Informer<Node>;
  readonly #services: Informer<Service>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #contents: Informer<KubernetesObject>[];
  #server: (Running & { port: number }) | undefined;
  #proxy: Proxy | undefined;

  constructor(options: KubeletOptions) {
    const { clock, random, log, connection } = options;
    this.#options = options;
    this.#client = connectClient(connection, { clock });
    this.#network = createNetwork({ clock, random });
    this.#pods = this.#informer(podKind);
    this.#nodeObjects = this.#informer(nodeKind);
    this.#services = this.#informer(serviceKind);
    this.#slices = this.#informer(endpointSliceKind, { indexes: { service: serviceOf } });
    const configMaps = this.#informer<ConfigMap>(configMapKind);
    const secrets = this.#informer<Secret>(secretKind);
    this.#contents = [configMaps, secrets] as unknown as Informer<KubernetesObject>[];
    this.#workers = new PodWorkers((name) => this.#nodes.get(name)?.context);
    const statuses = new StatusWriter({
      pods: this.#client.resource<Pod>(podKind),
      seen: (namespace, name) => this.#pods.get(namespace, name),
      mayHaveRunningContainers: (uid) => this.#workers.mayHaveRunningContainers(uid),
      clock,
      log,
    });
    this.#shared = {
      clock,
      random,
      log,
      network: this.#network,
      statuses,
      prober: new Prober({ clock, random }, (verdict) => this.#workers.probed(verdict)),
      crashes: crashBackOff(),
      sources: createSources(
        this.#lookup(configMapKind, configMaps),
        this.#lookup(secretKind, secrets),
      ),
      tokens: createTokenSource(this.#client, clock),
      services: () => this.#services.list(),
    };
  }

  async start(): Promise<Running & { port: number }> {
    const { serving, port = 0, nodePortAddress = "127.0.0.1" } = this.#options;
    const { clock, random, log } = this.#options;
    const workers = this.#workers;
    this.#server = await startServer({ serving, port, workers, clock, log });
    this.#proxy = new Proxy({
      services: this.#services,
      slices: this.#slices,
      network: this.#network,
      address: nodePortAddress,
      clock,
      random,
      log,
    });
    for (const { name, index } of this.#identities()) this.#host(name, index);
    await Promise.all([...this.#nodes.values()].map(({ reporter }) => reporter.start()));
    await this.#follow();
    return { port: this.#server.port, stop: () => this.stop() };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#shared.prober.stop();
    this.#shared.statuses.stop();
    await this.#workers.stop();
    for (const { reporter } of this.#nodes.values()) reporter.stop();
    this.#proxy?.stop();
    await this.#server?.stop();
    await Promise.all(this.#recorders.map((recorder) => recorder.stop()));
    this.#client.close();
  }

  #identities(): { name: string; index: number }[] {
    const { nodes } = this.#options;
    if (typeof nodes !== "number") {
      return nodes.map(({ name, index }, place) => ({ name, index: index ?? place + 1 }));
    }
    return Array.from({ length: nodes }, (_, i) => ({ name: `node-${i + 1}`, index: i + 1 }));
  }

  #host(name: string, index: number): void {
    const { clock, random, log } = this.#options;
    const client = this.#client;
    const identity = nodeIdentity(name, index);
    const { ip: nodeIp, podCIDR: podCidr } = identity;
    const network = this.#network;
    const runtime = createNodeRuntime({ nodeName: name, nodeIp, podCidr, network, clock, random });
    runtime.onChange((uid, containerId) => this.#workers.runtimeChanged(uid, containerId));
    const recorder = createEventRecorder({ client, clock, log, component: "kubelet", host: name });
    this.#recorders.push(recorder);
    const port = () => this.#server?.port ?? 0;
    const shared = this.#shared;
    this.#nodes.set(name, hostNode({ identity, runtime, client, recorder, shared, port }));
  }

  /** Pods come last: what they refer to is known by then. */
  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    const first = [this.#nodeObjects, this.#services, this.#slices, ...this.#contents];
    for (const informer of first) void informer.run(signal);
    await Promise.all(first.map((informer) => informer.synced()));
    const reporterOf = ({ metadata }: Node) => this.#nodes.get(metadata.name ?? "")?.reporter;
    this.#nodeObjects.on({
      added: (node) => reporterOf(node)?.seen(node),
      updated: (node) => reporterOf(node)?.seen(node),
      deleted: (node) => reporterOf(node)?.removed(),
    });
    this.#pods.on({
      added: (pod) => this.#workers.added(pod),
      updated: (pod) => this.#workers.updated(pod),
      deleted: (pod) => this.#workers.deleted(pod),
    });
    void this.#pods.run(signal);
    await this.#pods.synced();
  }

  #informer<T extends KubernetesObject>(
    kind: Kind<T>,
    options: InformerOptions<T> = {},
  ): Informer<T> {
    const { clock, random, log } = this.#options;
    return createInformer<T>(this.#client, kind, { ...options, clock, random, log });
  }

  #lookup<T extends KubernetesObject>(kind: Kind<T>, informer: Informer<T>) {
    const resource = this.#client.resource<T>(kind);
    return {
      cached: (namespace: string, name: string) => informer.get(namespace, name),
      fetch: (namespace: string, name: string) => resource.get(namespace, name),
    };
  }
}
