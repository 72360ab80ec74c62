// registry.k8s.io/echoserver: tells every client what it asked.

import { file, tree } from "../file-system/tree.ts";
import type { IncomingRequest } from "../network/listener.ts";
import { executable } from "../process/executable.ts";
import type { Process } from "../process/process.ts";
import type { Program } from "../process/program.ts";
import { occupy, openPort, partsOf, textAnswer } from "./http-service.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry } from "./image.ts";
import { debianRoot } from "./roots/debian-root.ts";

const PORT = 8080;
const VERSION = /(?:^|\0)ECHOSERVER_VERSION=([^\0]*)/;

const program: Program = async (process) => {
  occupy(process, 9);
  const version = VERSION.exec(process.world.environment)?.[1] ?? "1.10";
  const tell = version === "1.4" ? shortReport : report;
  openPort(process, PORT, async (request) => {
    const body = Buffer.from(await request.body()).toString();
    const headers = { Server: version === "1.4" ? "nginx/1.10.0" : "nginx/1.13.3" };
    return textAnswer(process, tell(process, request, body), { type: "text/plain", headers });
  });
  await process.print("Generating self-signed cert\nStarting nginx\n");
  await process.nextSignal(["SIGTERM", "SIGINT", "SIGQUIT"]);
  return 0;
};

function uriOf(request: IncomingRequest): string {
  const host = (request.headers["host"] ?? "localhost").replace(/:\d+$/, "");
  return `http://${host}:${PORT}${request.target}`;
}

function headersOf(request: IncomingRequest, indent: string): string {
  const names = Object.keys(request.headers).sort();
  return names.map((name) => `${indent}${name}=${request.headers[name]}\n`).join("");
}

/** As version 1.4 tells it. */
function shortReport(_process: Process, request: IncomingRequest, body: string): string {
  const { path, query } = partsOf(request.target);
  return (
    `CLIENT VALUES:\nclient_address=${request.remoteAddress}\ncommand=${request.method}\n` +
    `real path=${path}\nquery=${query.toString() || "nil"}\n` +
    `request_version=${request.httpVersion}\nrequest_uri=${uriOf(request)}\n\n` +
    "SERVER VALUES:\nserver_version=nginx: 1.10.0 - lua: 10001\n\n" +
    `HEADERS RECEIVED:\n${headersOf(request, "")}` +
    `BODY:\n${body || "-no body in request-"}`
  );
}

function report(process: Process, request: IncomingRequest, body: string): string {
  const { path, query } = partsOf(request.target);
  const { hostname } = process.world;
  return (
    `\n\nHostname: ${hostname}\n\nPod Information:\n\t-no pod information available-\n\n` +
    "Server values:\n\tserver_version=nginx: 1.13.3 - lua: 10008\n\n" +
    `Request Information:\n\tclient_address=${request.remoteAddress}\n` +
    `\tmethod=${request.method}\n\treal path=${path}\n\tquery=${query.toString()}\n` +
    `\trequest_version=${request.httpVersion}\n\trequest_scheme=http\n` +
    `\trequest_uri=${uriOf(request)}\n\nRequest Headers:\n${headersOf(request, "\t")}\n` +
    `Request Body:\n${body || "\t-no body in request-"}\n\n`
  );
}

export const echoserver: CatalogueEntry = {
  repositories: [
    "registry.k8s.io/echoserver",
    "k8s.gcr.io/echoserver",
    "gcr.io/google_containers/echoserver",
    "gcr.io/google-containers/echoserver",
    "registry.k8s.io/e2e-test-images/echoserver",
  ],
  programs: { echoserver: program },
  image: ({ tag = "latest" }) =>
    /^(?:latest|1\.\d+|2\.\d+)$/.test(tag)
      ? defineImage({
          sizeBytes: tag === "1.4" ? 50_696_889 : 36_178_446,
          cmd: ["/usr/local/bin/run.sh"],
          env: [...STANDARD_ENV, `ECHOSERVER_VERSION=${tag}`],
          exposedPorts: [PORT],
          files: () =>
            tree(
              { "/usr/local/bin/run.sh": file(executable("echoserver"), 0o755) },
              debianRoot("10"),
            ),
        })
      : undefined,
};
