// One simulated node inside this process: its runtime, its report, what its pods work with.

import type { EventRecorder, Client } from "@kubonsai/client";
import { createHash } from "node:crypto";
import { CAPACITY, type NodeIdentity } from "./node/node-identity.ts";
import { NodeReporter } from "./node/node-reporter.ts";
import type { NodeReport } from "./node/node-object.ts";
import type { NodeContext, SharedContext } from "./pods/node-context.ts";
import { podEvents } from "./pods/pod-events.ts";
import { ImagePuller } from "./pods/start/image-puller.ts";
import type { ContainerRuntime } from "./runtime/runtime.ts";

export interface HostedNode {
  context: NodeContext;
  reporter: NodeReporter;
}

export interface HostedNodeOptions {
  identity: NodeIdentity;
  runtime: ContainerRuntime;
  client: Client;
  recorder: EventRecorder;
  shared: SharedContext;
  port: () => number;
}

export function hostNode(options: HostedNodeOptions): HostedNode {
  const { identity, runtime, client, recorder, shared, port } = options;
  const { clock, random, log } = shared;
  const bootID = random.uuid();
  const machineID = createHash("md5").update(identity.name).digest("hex");
  const report = (): NodeReport => ({
    identity,
    port: port(),
    runtime: { name: runtime.name, version: runtime.version, images: runtime.images.list() },
    machineID,
    bootID,
    problems: [],
    nowMs: clock.now(),
  });
  const reporter = new NodeReporter({ client, clock, random, log, events: recorder, report });
  const events = podEvents(recorder);
  const context: NodeContext = {
    ...shared,
    name: identity.name,
    ip: identity.ip,
    runtime,
    images: new ImagePuller({ images: runtime.images, events, clock }),
    events,
    allocatable: CAPACITY,
    labels: () => reporter.labels(),
    networkProblem: () => "",
  };
  return { context, reporter };
}
