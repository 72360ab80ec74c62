// What a server makes at its start where it is missing: the namespaces, priority classes, roles and
// flow schemas that every cluster has, and the Service by which pods find the server.
// @see kubernetes pkg/controlplane/controller/kubernetesservice/controller.go, systemnamespaces

import { isReason, systemPriorityClasses, type KubernetesObject } from "@kubonsai/api";
import type { Registry, Resource, WriteOptions } from "../registry/registry.ts";
import { kubernetesEndpoints, kubernetesEndpointSlice } from "./kubernetes-endpoints.ts";
import { mandatoryFlowSchemas, mandatoryPriorityLevels } from "./flow-control.ts";
import { kubernetesService } from "./kubernetes-service.ts";
import { userRoleBindings, userRoles } from "./user-roles.ts";

const SYSTEM_NAMESPACES = ["kube-system", "kube-public", "kube-node-lease", "default"];

const AS_SERVER: WriteOptions = {
  user: { name: "system:apiserver", groups: ["system:masters"] },
  fieldManager: "kube-apiserver",
  dryRun: false,
  // nobody reads warnings to oneself
  warn: () => undefined,
};

export interface BootstrapOptions {
  /** Where pods reach the server: an IPv4 address. */
  advertiseAddress: string;
  /** The port that it listens on. */
  port: number;
  /** The first address of the range of Services: see `firstClusterIp`. */
  clusterIp: string;
}

/** Idempotent: what is there and right is left alone. */
export async function bootstrap(registry: Registry, options: BootstrapOptions): Promise<void> {
  const namespaces = resourceOf(registry, "", "namespaces");
  const missing = SYSTEM_NAMESPACES.map((name) =>
    ensure(namespaces, { kind: "Namespace", apiVersion: "v1", metadata: { name } }),
  );
  await Promise.all([...missing, ...systemPriorities(registry), ...policies(registry)]);
  await ensure(resourceOf(registry, "", "services"), kubernetesService(options));
  await Promise.all([
    ensure(resourceOf(registry, "", "endpoints"), kubernetesEndpoints(options)),
    ensure(
      resourceOf(registry, "discovery.k8s.io", "endpointslices"),
      kubernetesEndpointSlice(options),
    ),
  ]);
}

const RBAC = "rbac.authorization.k8s.io";
const FLOW_CONTROL = "flowcontrol.apiserver.k8s.io";

/** Made where they are missing; what users made of them since stays. */
const policies = (registry: Registry): Promise<void>[] =>
  [
    [RBAC, "clusterroles", userRoles] as const,
    [RBAC, "clusterrolebindings", userRoleBindings] as const,
    [FLOW_CONTROL, "prioritylevelconfigurations", mandatoryPriorityLevels] as const,
    [FLOW_CONTROL, "flowschemas", mandatoryFlowSchemas] as const,
  ].flatMap(([group, name, objects]) => {
    const resource = resourceOf(registry, group, name);
    return objects.map((object) => create(resource, object));
  });

function systemPriorities(registry: Registry): Promise<void>[] {
  const resource = resourceOf(registry, "scheduling.k8s.io", "priorityclasses");
  const about = { kind: "PriorityClass", apiVersion: "scheduling.k8s.io/v1" };
  return systemPriorityClasses.map(({ name, ...content }) =>
    ensure(resource, { ...about, metadata: { name }, ...content } as KubernetesObject),
  );
}

function resourceOf(registry: Registry, group: string, resource: string): Resource {
  const found = registry.resource({ group, version: "v1", resource });
  if (!found) throw new Error(`the server does not serve ${resource}`);
  return found;
}

/** Makes `object`, or brings one that is there already into its form. */
async function ensure(resource: Resource, object: KubernetesObject): Promise<void> {
  const { name = "", namespace = "" } = object.metadata;
  try {
    await resource.get({ namespace, name }, {});
  } catch (error) {
    if (!isReason(error, "NotFound")) throw error;
    return create(resource, object);
  }
  if (resource.kind.resource === "namespaces") return;
  const change = (current: KubernetesObject | undefined) => withSpecOf(current!, object);
  const options = { ...AS_SERVER, subresource: "", allowCreate: false };
  await resource.update({ namespace, name }, change, options);
}

/** Another server may have been faster. */
async function create(resource: Resource, object: KubernetesObject): Promise<void> {
  try {
    await resource.create(object.metadata.namespace ?? "", object, AS_SERVER);
  } catch (error) {
    if (!isReason(error, "AlreadyExists")) throw error;
  }
}

function withSpecOf(current: KubernetesObject, wanted: KubernetesObject): KubernetesObject {
  const { metadata, spec, ...content } = wanted as KubernetesObject & { spec?: object };
  const old = current as KubernetesObject & { spec?: object };
  const labels = { ...old.metadata.labels, ...metadata.labels };
  return {
    ...old,
    ...content,
    metadata: { ...old.metadata, labels },
    ...(spec && { spec: { ...old.spec, ...spec } }),
  } as KubernetesObject;
}
