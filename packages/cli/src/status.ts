// `kubonsai status`: what runs on a data folder, and how much is in it.

import { Command } from "commander";
import { qualifiedResource } from "@kubonsai/api";
import { clusterState, type ClusterState } from "@kubonsai/cluster";
import { connectClient, loadKubeconfig, type Client } from "@kubonsai/client";
import { systemClock } from "@kubonsai/clock";
import { dataDirFlag } from "./flags.ts";
import { VERSION } from "./version.ts";

export const statusCommand = () =>
  new Command("status")
    .description("show the processes, the version and how many objects there are")
    .addOption(dataDirFlag())
    .action(async ({ dataDir }: { dataDir: string }) => {
      const state = await clusterState(dataDir);
      if (!state) {
        console.log(`no cluster is running on ${dataDir}`);
        process.exitCode = 3;
        return;
      }
      console.log(describeProcesses(state));
      const connection = loadKubeconfig(state.kubeconfig, { userAgent: `kubonsai/v${VERSION}` });
      const client = connectClient(connection, { clock: systemClock });
      try {
        console.log(await describePorts(client));
        console.log(await describeObjects(client));
      } finally {
        client.close();
      }
    });

function describeProcesses({
  pid,
  startedAt,
  server,
  kubeconfig,
  processes,
}: ClusterState): string {
  const rows = processes.map((one) => [one.name, one.state, one.pid, one.restarts]);
  return [
    `server      ${server}`,
    `kubeconfig  ${kubeconfig}`,
    `running     since ${startedAt}, pid ${pid}`,
    "",
    table([["PROCESS", "STATE", "PID", "RESTARTS"], ...rows]),
    "",
  ].join("\n");
}

async function describeObjects(client: Client): Promise<string> {
  const { gitVersion } = (await client.raw("GET", "/version")) as { gitVersion: string };
  const versions = `kubonsai ${VERSION}, Kubernetes ${gitVersion}, Node ${process.version}`;
  const rows = await countAll(client);
  const filled = rows.filter(([, count]) => Number(count) > 0);
  return `\n${versions}\n\n${table([["RESOURCE", "OBJECTS"], ...filled])}`;
}

interface Groups {
  groups: { name: string; preferredVersion: { groupVersion: string } }[];
}

async function countAll(client: Client): Promise<(string | number)[][]> {
  const { groups } = (await client.raw("GET", "/apis")) as Groups;
  const named = groups.map(({ name, preferredVersion }) =>
    countsBelow(client, `/apis/${preferredVersion.groupVersion}`, name),
  );
  return (await Promise.all([countsBelow(client, "/api/v1", ""), ...named])).flat();
}

interface ResourceList {
  resources: { name: string; verbs: string[] }[];
}

async function countsBelow(client: Client, path: string, group: string) {
  const { resources } = (await client.raw("GET", path)) as ResourceList;
  const listable = resources.filter(
    ({ name, verbs }) => !name.includes("/") && verbs.includes("list"),
  );
  return Promise.all(
    listable.map(async ({ name: resource }) => [
      qualifiedResource({ group, resource }),
      await count(client, `${path}/${resource}`),
    ]),
  );
}

/** The first object, and how many the server says remain. */
async function count(client: Client, path: string): Promise<number> {
  const list = (await client.raw("GET", `${path}?limit=1`)) as {
    items: unknown[];
    metadata: { remainingItemCount?: number };
  };
  return list.items.length + (list.metadata.remainingItemCount ?? 0);
}

interface NodeList {
  items: { status?: { daemonEndpoints?: { kubeletEndpoint?: { Port?: number } } } }[];
}

interface ServiceList {
  items: { spec?: { ports?: { nodePort?: number }[] } }[];
}

/** What listens beside the API server: the kubelets' HTTPS server and the node ports. */
async function describePorts(client: Client): Promise<string> {
  const nodes = (await client.raw("GET", "/api/v1/nodes")) as NodeList;
  const services = (await client.raw("GET", "/api/v1/services")) as ServiceList;
  const kubelets = nodes.items.map(({ status }) => status?.daemonEndpoints?.kubeletEndpoint?.Port);
  const nodePorts = services.items.flatMap(({ spec }) => spec?.ports ?? []);
  const line = (name: string, ports: (number | undefined)[]) => {
    const listening = [...new Set(ports)].filter((port) => port).sort((a, b) => a! - b!);
    return `${name.padEnd(12)}${listening.join(", ") || "none"}`;
  };
  return [
    line("kubelet", kubelets),
    line(
      "node ports",
      nodePorts.map(({ nodePort }) => nodePort),
    ),
  ].join("\n");
}

function table(rows: (string | number)[][]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => `${row[column]}`.length)),
  );
  const line = (row: (string | number)[]) =>
    row
      .map((cell, column) => `${cell}`.padEnd(widths[column]!))
      .join("   ")
      .trimEnd();
  return rows.map(line).join("\n");
}
