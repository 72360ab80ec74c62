// `kubonsai up`: the cluster in the foreground, until Ctrl-C or `kubonsai down`.

import { Command, Option } from "commander";
import { startCluster, type ClusterOptions, type EtcdOptions } from "@kubonsai/cluster";
import { systemClock, systemRandom } from "@kubonsai/clock";
import { dataDirFlag, portRange, serverList, wholeNumber } from "./flags.ts";

type Flags = Pick<
  ClusterOptions,
  "dataDir" | "port" | "nodes" | "kubeconfig" | "serviceNodePortRange" | "processes" | "logLevel"
> & {
  etcdServers?: string;
  etcdCafile?: string;
  etcdCertfile?: string;
  etcdKeyfile?: string;
  etcdPrefix?: string;
};

export const upCommand = () =>
  new Command("up")
    .description("start the cluster and keep it in the foreground")
    .addOption(dataDirFlag())
    .option(
      "--port <port>",
      "the API server's port, 0 for any free one",
      wholeNumber(0, 65_535),
      6443,
    )
    .option("--nodes <count>", "how many nodes to simulate", wholeNumber(0, 5_000), 3)
    .option("--kubeconfig <file>", "where to write the kubeconfig (default: in the data folder)")
    .addOption(
      new Option("--service-node-port-range <first-last>", "ports that NodePort services may use")
        .argParser(portRange)
        .default({ first: 30_000, last: 60_000 }, "30000-60000"),
    )
    .addOption(
      new Option("--processes <how>", "a process for each component, or one for all")
        .choices(["split", "single"])
        .default("split"),
    )
    .option("--etcd-servers <urls>", "a real etcd instead of the built-in store", serverList)
    .option("--etcd-cafile <file>", "PEM: whom to believe to be etcd")
    .option("--etcd-certfile <file>", "PEM: who we are to etcd")
    .option("--etcd-keyfile <file>", "PEM: the key to it")
    .option("--etcd-prefix <prefix>", "stands before every key in etcd, such as /team-a")
    .addOption(
      new Option("--log-level <level>", "how much goes to the log files")
        .choices(["debug", "info", "warn", "error"])
        .default("info"),
    )
    .action(up);

async function up(flags: Flags): Promise<void> {
  let resolveStop!: () => void;
  const stopAsked = new Promise<void>((resolve) => (resolveStop = resolve));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, resolveStop);
  const cluster = await startCluster({
    ...flags,
    etcd: etcdOf(flags),
    clock: systemClock,
    random: systemRandom,
    report: (line) => console.log(line),
    startedAtMs: systemClock.now() - process.uptime() * 1000,
  });
  void cluster.stopRequested.then(resolveStop);
  await stopAsked;
  console.log("stopping…");
  await cluster.stop();
  process.exit(0);
}

function etcdOf(flags: Flags): EtcdOptions | undefined {
  const { etcdServers, etcdCafile, etcdCertfile, etcdKeyfile, etcdPrefix } = flags;
  if (etcdServers === undefined) return undefined;
  const files = { caFile: etcdCafile, certFile: etcdCertfile, keyFile: etcdKeyfile };
  return { servers: etcdServers, ...files, prefix: etcdPrefix };
}
