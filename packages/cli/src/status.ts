// `kubonsai status`: what runs on a data folder, and how much is in it.

import { Command } from "commander";
import { clusterState, type ClusterState } from "@kubonsai/cluster";
import { connectClient, loadKubeconfig, type Client } from "@kubonsai/client";
import { systemClock } from "@kubonsai/clock";
import { dataDirFlag } from "./flags.ts";

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
      const connection = loadKubeconfig(state.kubeconfig, { userAgent: "kubonsai/v0.1.0" });
      const client = connectClient(connection, { clock: systemClock });
      try {
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
  ].join("\n");
}

interface ResourceList {
  resources: { name: string; verbs: string[] }[];
}

async function describeObjects(client: Client): Promise<string> {
  const { gitVersion } = (await client.raw("GET", "/version")) as { gitVersion: string };
  const groups = (await client.raw("GET", "/apis")) as {
    groups: { preferredVersion: { groupVersion: string } }[];
  };
  const paths = [
    "/api/v1",
    ...groups.groups.map((one) => `/apis/${one.preferredVersion.groupVersion}`),
  ];
  const rows = (await Promise.all(paths.map((path) => countsBelow(client, path)))).flat();
  const filled = rows.filter(([, count]) => Number(count) > 0);
  return `\nKubernetes ${gitVersion}\n\n${table([["RESOURCE", "OBJECTS"], ...filled])}`;
}

async function countsBelow(client: Client, path: string): Promise<(string | number)[][]> {
  const { resources } = (await client.raw("GET", path)) as ResourceList;
  const listable = resources.filter(
    ({ name, verbs }) => !name.includes("/") && verbs.includes("list"),
  );
  return Promise.all(
    listable.map(async ({ name }) => [name, await count(client, `${path}/${name}`)]),
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
