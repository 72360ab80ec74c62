// registry.k8s.io/e2e-test-images/agnhost: one program with a sub-command for everything.

import { file, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { defineImage, type CatalogueEntry } from "../image.ts";
import { occupy } from "../http-service.ts";
import { ALPINE_BASH, alpineRoot } from "../roots/alpine-root.ts";
import { connectTo } from "./connect.ts";
import { generateLogs } from "./generate-logs.ts";
import { netexec } from "./netexec.ts";
import { liveness, serveHostname, testWebserver } from "./servers.ts";

async function pause(process: Process): Promise<number> {
  await process.print("Paused\n");
  await process.nextSignal(["SIGINT", "SIGTERM"]);
  await process.print("Exiting\n");
  return 0;
}

async function printDns(process: Process, prefix: string): Promise<number> {
  const lines = process.files.readText("/etc/resolv.conf").split("\n");
  const found = lines.filter((line) => line.startsWith(prefix));
  await process.print(found.map((line) => line.slice(prefix.length).trim()).join(",") + "\n");
  return 0;
}

const COMMANDS: { readonly [name: string]: Program } = {
  connect: connectTo,
  "dns-server-list": (process) => printDns(process, "nameserver"),
  "dns-suffix": (process) => printDns(process, "search"),
  "entrypoint-tester": async (process) => {
    await process.print(`[${process.argv.join(" ")}]\n`);
    return 0;
  },
  "etc-hosts": async (process) => {
    await process.print(process.files.read("/etc/hosts"));
    return 0;
  },
  liveness,
  "logs-generator": generateLogs,
  netexec,
  pause,
  "serve-hostname": serveHostname,
  "test-webserver": testWebserver,
};

const program: Program = async (process) => {
  occupy(process, 6);
  const name = process.argv[1] ?? "help";
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name]!(process);
  const isHelp = /^(?:help|-h|--help)$/.test(name);
  if (!isHelp) {
    await process.complain(
      `Error: unknown command "${name}" for "app"\nRun 'app --help' for usage.\n`,
    );
    return 1;
  }
  const names = Object.keys(COMMANDS).map((command) => `  ${command}\n`);
  await process.print(`Usage:\n  app [command]\n\nAvailable Commands:\n${names.join("")}`);
  return 0;
};

export const agnhost: CatalogueEntry = {
  repositories: ["registry.k8s.io/e2e-test-images/agnhost", "k8s.gcr.io/e2e-test-images/agnhost"],
  programs: { agnhost: program },
  image: ({ tag = "latest" }) =>
    /^2\.\d{1,2}(?:\.\d+)?$/.test(tag)
      ? defineImage({
          sizeBytes: 53_019_331,
          entrypoint: ["/agnhost"],
          cmd: ["pause"],
          files: () =>
            tree(
              { "/agnhost": file(executable("agnhost"), 0o755) },
              alpineRoot("3.12.0", ALPINE_BASH),
            ),
        })
      : undefined,
};
