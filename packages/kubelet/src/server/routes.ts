// What the kubelet answers, each path and its handler.

import type { ServerResponse } from "node:http";
import { attachToContainer, execInPod } from "./exec.ts";
import { containerLogs } from "./logs.ts";
import type { Route } from "./path.ts";
import { listPods, listRunningPods } from "./pods.ts";
import { portForward } from "./port-forward.ts";
import type { ServerContext } from "./server.ts";
import type { StreamService } from "./upgrade.ts";

export interface Call {
  /** The path's, in its order. */
  parameters: string[];
  query: URLSearchParams;
}

/** @throws HttpError */
export type HttpRoute = (
  context: ServerContext,
  call: Call & { response: ServerResponse },
) => void | Promise<void>;

/** Checks the call and returns what serves the connection. @throws HttpError */
export type StreamRoute = (context: ServerContext, call: Call) => StreamService;

const healthy: HttpRoute = (_context, { response }) => void response.end("ok");

export const httpRoutes: readonly Route<HttpRoute>[] = [
  { path: "/healthz", handler: healthy },
  { path: "/pods", handler: listPods },
  { path: "/runningpods/", handler: listRunningPods },
  { path: "/runningpods", handler: listRunningPods },
  { path: "/containerLogs/:namespace/:pod/:container", handler: containerLogs },
];

export const streamRoutes: readonly Route<StreamRoute>[] = [
  { path: "/exec/:namespace/:pod/:container", handler: execInPod },
  { path: "/exec/:namespace/:pod/:uid/:container", handler: withoutUid(execInPod) },
  { path: "/attach/:namespace/:pod/:container", handler: attachToContainer },
  { path: "/attach/:namespace/:pod/:uid/:container", handler: withoutUid(attachToContainer) },
  { path: "/portForward/:namespace/:pod", handler: portForward },
  { path: "/portForward/:namespace/:pod/:uid", handler: portForward },
];

function withoutUid(handler: StreamRoute): StreamRoute {
  return (context, { parameters: [namespace = "", pod = "", , container = ""], query }) =>
    handler(context, { parameters: [namespace, pod, container], query });
}
