// Probes and lifecycle hooks, and the actions that both can take.
// @see kubernetes pkg/apis/core/validation/validation.go validateProbe

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type { Container } from "../messages/core/v1/container.ts";
import type { HTTPGetAction, Lifecycle, Probe } from "../messages/core/v1/probe.ts";
import type { LifecycleHandler } from "../messages/core/v1/probe.ts";
import { httpHeaderName } from "./names.ts";
import { invalidFor, nonNegative, oneOf, portNumberOrName } from "./rules.ts";
import type { PodContext } from "./pod-context.ts";

export function validateProbes(field: string, container: Container): FieldError[] {
  return [
    ...validateOnceProbe(`${field}.livenessProbe`, container.livenessProbe),
    ...validateReadinessProbe(`${field}.readinessProbe`, container.readinessProbe),
    ...validateOnceProbe(`${field}.startupProbe`, container.startupProbe),
  ];
}

export function validateLifecycle(
  field: string,
  lifecycle: Lifecycle | undefined,
  context: PodContext,
): FieldError[] {
  if (!lifecycle) return [];
  const { postStart, preStop, stopSignal } = lifecycle;
  const errors: FieldError[] = [];
  if (postStart) errors.push(...validateHandler(`${field}.postStart`, postStart, context));
  if (preStop) errors.push(...validateHandler(`${field}.preStop`, preStop, context));
  if (stopSignal) errors.push(...validateStopSignal(`${field}.stopSignal`, stopSignal, context));
  return errors;
}

/** Liveness and startup: one success must do. */
function validateOnceProbe(field: string, probe: Probe | undefined): FieldError[] {
  if (!probe) return [];
  const errors = validateProbe(field, probe);
  if (probe.successThreshold === 1) return errors;
  return [
    ...errors,
    invalid(`${field}.successThreshold`, probe.successThreshold ?? 0, "must be 1"),
  ];
}

function validateReadinessProbe(field: string, probe: Probe | undefined): FieldError[] {
  if (!probe) return [];
  const errors = validateProbe(field, probe);
  const grace = probe.terminationGracePeriodSeconds;
  if (grace === undefined) return errors;
  const text = "must not be set for readinessProbes";
  return [...errors, invalid(`${field}.terminationGracePeriodSeconds`, grace, text)];
}

const counts = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

function validateProbe(field: string, probe: Probe): FieldError[] {
  const errors = validateHandler(field, probe, {});
  for (const count of counts) errors.push(...nonNegative(`${field}.${count}`, probe[count]));
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, "must be greater than 0"));
  }
  return errors;
}

type Handler = Pick<Probe, "exec" | "httpGet" | "tcpSocket" | "grpc"> &
  Pick<LifecycleHandler, "sleep">;

/** Exactly one action; each further one is forbidden by its own name. */
function validateHandler(
  field: string,
  handler: Handler,
  { gracePeriodSeconds }: Pick<PodContext, "gracePeriodSeconds">,
): FieldError[] {
  const actions: [string, FieldError[]][] = [];
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  if (exec) actions.push(["exec", commandErrors(`${field}.exec.command`, exec.command)]);
  if (httpGet) actions.push(["httpGet", validateHttpGet(`${field}.httpGet`, httpGet)]);
  if (tcpSocket) {
    actions.push(["tcpSocket", portNumberOrName(`${field}.tcpSocket.port`, tcpSocket.port)]);
  }
  if (grpc) actions.push(["grpc", portNumberOrName(`${field}.grpc.port`, grpc.port)]);
  if (sleep)
    actions.push(["sleep", sleepErrors(`${field}.sleep`, sleep.seconds, gracePeriodSeconds)]);
  const [first, ...further] = actions;
  if (first === undefined) return [required(field, "must specify a handler type")];
  const text = "may not specify more than 1 handler type";
  return [...first[1], ...further.map(([name]) => forbidden(`${field}.${name}`, text))];
}

const commandErrors = (field: string, command: readonly string[] | undefined) =>
  (command ?? []).length === 0 ? [required(field)] : [];

function validateHttpGet(field: string, action: HTTPGetAction): FieldError[] {
  const errors: FieldError[] = action.path ? [] : [required(`${field}.path`)];
  errors.push(...portNumberOrName(`${field}.port`, action.port));
  const { scheme = "" as never } = action;
  if (scheme !== "HTTP" && scheme !== "HTTPS") {
    errors.push(notSupported(`${field}.scheme`, scheme, ["HTTP", "HTTPS"]));
  }
  for (const { name } of action.httpHeaders ?? []) {
    errors.push(...invalidFor(`${field}.httpHeaders`, name, httpHeaderName(name)));
  }
  return errors;
}

function sleepErrors(field: string, seconds: number, grace: number | undefined): FieldError[] {
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return [];
  const text = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`;
  return [invalid(field, seconds, text)];
}

function validateStopSignal(field: string, signal: string, { osName }: PodContext): FieldError[] {
  if (osName === undefined) {
    return [forbidden(field, "may not be set for containers with empty `spec.os.name`")];
  }
  return osName === "windows" ? oneOf(field, signal, ["SIGKILL", "SIGTERM"]) : [];
}
