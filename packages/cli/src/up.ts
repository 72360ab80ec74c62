// `kubonsai up`: the cluster in the foreground, until Ctrl-C or `kubonsai down`.

import { Command, Option } from "commander";
import { startCluster, type ClusterOptions } from "@kubonsai/cluster";
import { systemClock, systemRandom } from "@kubonsai/clock";
import { dataDirFlag, portRange, wholeNumber } from "./flags.ts";

type Flags = Pick<
  ClusterOptions,
  "dataDir" | "port" | "nodes" | "kubeconfig" | "serviceNodePortRange" | "processes" | "logLevel"
>;

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
