// What a container gets when its manifest does not say.
// @see kubernetes pkg/apis/core/v1/defaults.go

import { parseImageName } from "../image/image-name.ts";
import type { Container, EphemeralContainer } from "../messages/core/v1/container.ts";
import type { LifecycleHandler, Probe } from "../messages/core/v1/probe.ts";
import { roundResourceList } from "./resources.ts";

export function setContainerDefaults(container: Container | EphemeralContainer): void {
  container.imagePullPolicy ||= pullPolicyFor(container.image);
  container.terminationMessagePath ||= "/dev/termination-log";
  container.terminationMessagePolicy ||= "File";
  container.resources ??= {};
  roundResourceList(container.resources.limits);
  roundResourceList(container.resources.requests);
  for (const port of container.ports ?? []) port.protocol ||= "TCP";
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= "v1";
  }
  setProbeDefaults(container.livenessProbe);
  setProbeDefaults(container.readinessProbe);
  setProbeDefaults(container.startupProbe);
  setHandlerDefaults(container.lifecycle?.postStart);
  setHandlerDefaults(container.lifecycle?.preStop);
}

/** `Always` for the newest of a name, `IfNotPresent` for a fixed tag, a digest or nonsense. */
export const pullPolicyFor = (image: string | undefined): "Always" | "IfNotPresent" =>
  parseImageName(image ?? "")?.tag === "latest" ? "Always" : "IfNotPresent";

function setProbeDefaults(probe: Probe | undefined): void {
  if (!probe) return;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  setHandlerDefaults(probe);
}

function setHandlerDefaults(handler: Pick<LifecycleHandler, "httpGet"> | undefined): void {
  if (!handler?.httpGet) return;
  handler.httpGet.path ||= "/";
  handler.httpGet.scheme ||= "HTTP";
}
