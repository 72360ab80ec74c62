// Probes and lifecycle hooks, and the actions that both can take.

import {
  aString,
  int32,
  int64,
  intOrString,
  list,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { stopSignals } from "./stop-signals.ts";

export const probe = message(
  "io.k8s.api.core.v1.Probe",
  {
    exec: ref<ExecAction>(1, () => execAction),
    httpGet: ref<HTTPGetAction>(2, () => httpGetAction),
    tcpSocket: ref<TCPSocketAction>(3, () => tcpSocketAction),
    grpc: ref<GRPCAction>(4, () => grpcAction),
    initialDelaySeconds: int32(2),
    timeoutSeconds: int32(3),
    periodSeconds: int32(4),
    successThreshold: int32(5),
    failureThreshold: int32(6),
    terminationGracePeriodSeconds: int64(7).explicit(),
  },
  { embedded: [{ name: "handler", number: 1, fields: ["exec", "httpGet", "tcpSocket", "grpc"] }] },
);
export interface Probe extends TypeOf<typeof probe> {}

export const lifecycle = message("io.k8s.api.core.v1.Lifecycle", {
  postStart: ref<LifecycleHandler>(1, () => lifecycleHandler),
  preStop: ref<LifecycleHandler>(2, () => lifecycleHandler),
  stopSignal: string(3)
    .oneOf(...stopSignals)
    .explicit(),
});
export interface Lifecycle extends TypeOf<typeof lifecycle> {}

export const lifecycleHandler = message("io.k8s.api.core.v1.LifecycleHandler", {
  exec: ref<ExecAction>(1, () => execAction),
  httpGet: ref<HTTPGetAction>(2, () => httpGetAction),
  tcpSocket: ref<TCPSocketAction>(3, () => tcpSocketAction),
  sleep: ref<SleepAction>(4, () => sleepAction),
});
export interface LifecycleHandler extends TypeOf<typeof lifecycleHandler> {}

export const execAction = message("io.k8s.api.core.v1.ExecAction", {
  command: list(1, aString).atomic(),
});
export interface ExecAction extends TypeOf<typeof execAction> {}

export const httpGetAction = message("io.k8s.api.core.v1.HTTPGetAction", {
  path: string(1),
  port: intOrString(2).required(),
  host: string(3),
  scheme: string(4).oneOf("HTTP", "HTTPS"),
  httpHeaders: list(
    5,
    of<HTTPHeader>(() => httpHeader),
  ).atomic(),
});
export interface HTTPGetAction extends TypeOf<typeof httpGetAction> {}

export const httpHeader = message("io.k8s.api.core.v1.HTTPHeader", {
  name: string(1).required(),
  value: string(2).required(),
});
export interface HTTPHeader extends TypeOf<typeof httpHeader> {}

export const tcpSocketAction = message("io.k8s.api.core.v1.TCPSocketAction", {
  port: intOrString(1).required(),
  host: string(2),
});
export interface TCPSocketAction extends TypeOf<typeof tcpSocketAction> {}

export const grpcAction = message("io.k8s.api.core.v1.GRPCAction", {
  port: int32(1).required(),
  service: string(2).explicit(),
});
export interface GRPCAction extends TypeOf<typeof grpcAction> {}

export const sleepAction = message("io.k8s.api.core.v1.SleepAction", {
  seconds: int64(1).required(),
});
export interface SleepAction extends TypeOf<typeof sleepAction> {}
