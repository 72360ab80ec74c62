// The table of services.

import type { Column } from "../kind.ts";
import type { Service, ServicePort } from "../messages/core/v1/service.ts";
import { formatLabels } from "../selectors/label-selector.ts";
import { column, wideColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const serviceColumns: readonly Column<Service>[] = [
  nameColumn,
  column("Type", "How the service is exposed", ({ spec }) => spec.type ?? ""),
  column("Cluster-IP", "Its address inside", ({ spec }) => spec.clusterIPs?.[0] ?? "<none>"),
  column("External-IP", "Its addresses outside", externalAddress),
  column("Port(s)", "Ports and node ports", ({ spec }) => portsText(spec.ports)),
  ageColumn,
  wideColumn("Selector", "Which pods stand behind it", ({ spec }) => formatLabels(spec.selector)),
];

function portsText(ports: readonly ServicePort[] | undefined): string {
  const texts = (ports ?? []).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return texts.join(",") || "<none>";
}

function externalAddress({ spec, status }: Service): string {
  const externalIPs = spec.externalIPs ?? [];
  switch (spec.type) {
    case "ClusterIP":
    case "NodePort":
      return externalIPs.join(",") || "<none>";
    case "LoadBalancer": {
      const balancer = balancerAddresses(status);
      return [...(balancer === "" ? [] : [balancer]), ...externalIPs].join(",") || "<pending>";
    }
    case "ExternalName":
      return spec.externalName ?? "";
    default:
      return "<unknown>";
  }
}

/** Sorted; in full, since the server does not know how wide the table will be. */
function balancerAddresses(status: Service["status"]): string {
  const ingress = status?.loadBalancer?.ingress ?? [];
  const addresses = new Set(ingress.map(({ ip, hostname }) => ip || hostname || ""));
  addresses.delete("");
  return [...addresses].sort().join(",");
}
