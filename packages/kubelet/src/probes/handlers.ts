// The four ways to probe: exactly one is set.

import type { Container, Probe } from "@kubonsai/api";
import type { NodeContext } from "../pods/node-context.ts";
import { probeExec } from "./exec.ts";
import { probeGrpc } from "./grpc.ts";
import { probeHttp } from "./http-get.ts";
import type { Outcome } from "./outcome.ts";
import { probeTcp } from "./tcp-socket.ts";

export interface Attempt {
  node: NodeContext;
  container: Container;
  containerId: string;
  podIP: string;
  timeoutMs: number;
}

/** @throws Error when nothing can be said of the container */
export function probeOnce(probe: Probe, attempt: Attempt): Promise<Outcome> {
  if (probe.exec) return probeExec(probe.exec, attempt);
  if (probe.httpGet) return probeHttp(probe.httpGet, attempt);
  if (probe.tcpSocket) return probeTcp(probe.tcpSocket, attempt);
  if (probe.grpc) return probeGrpc(probe.grpc, attempt);
  throw new Error(`missing probe handler for ${attempt.container.name}`);
}
