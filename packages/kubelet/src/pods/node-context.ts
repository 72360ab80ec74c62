// What the pods of one node work with. The process-wide parts are shared by all its nodes.

import type { Service } from "@kubonsai/api";
import type { Logger } from "@kubonsai/client";
import type { Clock, Random } from "@kubonsai/clock";
import type { Resources } from "../environment/resource-field.ts";
import type { Sources } from "../environment/sources.ts";
import type { Prober } from "../probes/prober.ts";
import type { Network } from "../runtime/network/network.ts";
import type { ContainerRuntime } from "../runtime/runtime.ts";
import type { TokenSource } from "../volumes/service-account-token.ts";
import type { BackOff } from "./back-off.ts";
import type { PodEvents } from "./pod-events.ts";
import type { ImagePuller } from "./start/image-puller.ts";
import type { StatusWriter } from "./status/status-writer.ts";

export interface SharedContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly network: Network;
  readonly statuses: StatusWriter;
  readonly prober: Prober;
  readonly crashes: BackOff;
  readonly sources: Sources;
  readonly tokens: TokenSource;
  services(): readonly Service[];
}

export interface NodeContext extends SharedContext {
  readonly name: string;
  readonly ip: string;
  readonly runtime: ContainerRuntime;
  readonly images: ImagePuller;
  readonly events: PodEvents;
  readonly allocatable: Resources;
  /** Labels, as node selectors see them. */
  labels(): { [name: string]: string };
  /** Empty, or why pods cannot get a network. */
  networkProblem(): string;
}
