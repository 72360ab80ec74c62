// The variables by which containers find services that existed when they started.
// @see kubernetes pkg/kubelet/envvars/envvars.go

import type { Service } from "@kubonsai/api";

type Variables = Map<string, string>;

/** Of the pod's namespace when it wants links; `kubernetes` in `default` always. */
export function serviceVariables(
  services: readonly Service[],
  { namespace, links }: { namespace: string; links: boolean },
): Variables {
  const variables: Variables = new Map();
  const chosen = services.filter(({ metadata, spec }) => {
    if (!spec?.clusterIP || spec.clusterIP === "None") return false;
    if (metadata.namespace === "default" && metadata.name === "kubernetes") return true;
    return links && metadata.namespace === namespace;
  });
  for (const service of chosen) addService(variables, service);
  return variables;
}

function addService(variables: Variables, { metadata, spec }: Service): void {
  const prefix = variableName(metadata.name ?? "");
  const address = spec?.clusterIP ?? "";
  const ports = spec?.ports ?? [];
  const [first] = ports;
  if (!first) return;
  variables.set(`${prefix}_SERVICE_HOST`, address);
  variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
  for (const { name, port } of ports) {
    if (name) variables.set(`${prefix}_SERVICE_PORT_${variableName(name)}`, String(port));
  }
  const host = address.includes(":") ? `[${address}]` : address;
  ports.forEach(({ port, protocol = "TCP" }, index) => {
    const scheme = protocol.toLowerCase();
    const url = `${scheme}://${host}:${port}`;
    const link = `${prefix}_PORT_${port}_${protocol}`;
    if (index === 0) variables.set(`${prefix}_PORT`, url);
    variables.set(link, url);
    variables.set(`${link}_PROTO`, scheme);
    variables.set(`${link}_PORT`, String(port));
    variables.set(`${link}_ADDR`, address);
  });
}

const variableName = (name: string) => name.replaceAll("-", "_").toUpperCase();
