// A container's environment: services, then whole ConfigMaps and Secrets, then single variables.
// @see kubernetes pkg/kubelet/kubelet_pods.go makeEnvironmentVariables

import type { Container, EnvFromSource, EnvVar, EnvVarSource, Pod, Service } from "@kubonsai/api";
import { expand } from "./expansion.ts";
import { podField } from "./pod-field.ts";
import { resourceField, type Resources } from "./resource-field.ts";
import { serviceVariables } from "./service-variables.ts";
import { whenFound, type Sources } from "./sources.ts";

export interface EnvironmentContext {
  sources: Sources;
  services: readonly Service[];
  podIP: string;
  hostIP: string;
  allocatable: Resources;
}

/** Later ones override earlier ones. @throws Error with CreateContainerConfigError's text */
export async function containerEnvironment(
  pod: Pod,
  container: Container,
  context: EnvironmentContext,
): Promise<Map<string, string>> {
  const { namespace = "" } = pod.metadata;
  const links = pod.spec.enableServiceLinks ?? true;
  const services = serviceVariables(context.services, { namespace, links });
  const own = new Map<string, string>();
  for (const source of container.envFrom ?? []) await addAll(own, source, { namespace, context });
  const lookup = (name: string) => own.get(name) ?? services.get(name);
  for (const variable of container.env ?? []) {
    const value = await valueOf(variable, { pod, container, context, lookup });
    if (value !== undefined) own.set(variable.name, value);
  }
  return new Map([...services, ...own]);
}

interface Resolving {
  pod: Pod;
  container: Container;
  context: EnvironmentContext;
  lookup: (name: string) => string | undefined;
}

async function addAll(
  own: Map<string, string>,
  { prefix = "", configMapRef, secretRef }: EnvFromSource,
  { namespace, context }: { namespace: string; context: EnvironmentContext },
): Promise<void> {
  const { sources } = context;
  if (configMapRef) {
    const { name = "", optional } = configMapRef;
    const found = await whenFound(sources.configMap(namespace, name), optional);
    for (const [key, value] of Object.entries(found?.data ?? {})) own.set(prefix + key, value);
  } else if (secretRef) {
    const { name = "", optional } = secretRef;
    const found = await whenFound(sources.secret(namespace, name), optional);
    for (const [key, value] of Object.entries(found?.data ?? {})) {
      own.set(prefix + key, fromBase64(value));
    }
  }
}

/** @returns undefined when an optional source has no value: the variable is left out */
async function valueOf(variable: EnvVar, resolving: Resolving): Promise<string | undefined> {
  const { value, valueFrom } = variable;
  if (value) return expand(value, resolving.lookup);
  if (!valueFrom) return "";
  const { pod, container, context } = resolving;
  if (valueFrom.fieldRef) return podField(pod, valueFrom.fieldRef.fieldPath, context);
  if (valueFrom.resourceFieldRef) {
    const { allocatable } = context;
    return resourceField(pod, valueFrom.resourceFieldRef, { container, allocatable });
  }
  return keyOf(valueFrom, { namespace: pod.metadata.namespace ?? "", sources: context.sources });
}

async function keyOf(
  { configMapKeyRef, secretKeyRef }: EnvVarSource,
  { namespace, sources }: { namespace: string; sources: Sources },
): Promise<string | undefined> {
  const reference = configMapKeyRef ?? secretKeyRef;
  if (!reference) return "";
  const { name = "", key, optional } = reference;
  const get = configMapKeyRef ? sources.configMap : sources.secret;
  const found = await whenFound<{ data?: { [key: string]: string } }>(
    get(namespace, name),
    optional,
  );
  const data = found?.data ?? {};
  if (Object.hasOwn(data, key)) return configMapKeyRef ? data[key] : fromBase64(data[key]!);
  if (optional) return undefined;
  const kind = configMapKeyRef ? "ConfigMap" : "Secret";
  throw new Error(`couldn't find key ${key} in ${kind} ${namespace}/${name}`);
}

const fromBase64 = (text: string) => Buffer.from(text, "base64").toString("utf8");
