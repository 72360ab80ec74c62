// Google's hello-app: answers every request with a greeting, its version and the pod's name.

import { file, tree } from "../file-system/tree.ts";
import { executable } from "../process/executable.ts";
import type { Program } from "../process/program.ts";
import {
  goLogLine,
  occupy,
  openPort,
  partsOf,
  textAnswer,
  untilSignalled,
} from "./http-service.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry } from "./image.ts";

const program: Program = async (process) => {
  occupy(process, 4);
  const version = process.env.get("VERSION") ?? "1.0.0";
  const port = Number(process.env.get("PORT") ?? 8080);
  openPort(process, port, async ({ target }) => {
    await process.complain(goLogLine(process, `Serving request: ${partsOf(target).path}`));
    const { hostname } = process.world;
    return textAnswer(process, `Hello, world!\nVersion: ${version}\nHostname: ${hostname}\n`);
  });
  await process.complain(goLogLine(process, `Server listening on port ${port}`));
  return untilSignalled(process);
};

export const helloApp: CatalogueEntry = {
  repositories: [
    "gcr.io/google-samples/hello-app",
    "us-docker.pkg.dev/google-samples/containers/gke/hello-app",
  ],
  programs: { "hello-app": program },
  image: ({ tag = "latest" }) => {
    if (!/^(?:latest|1\.0|2\.0)$/.test(tag)) return undefined;
    return defineImage({
      sizeBytes: 13_734_816,
      cmd: ["/hello-app"],
      env: [...STANDARD_ENV, `VERSION=${tag === "2.0" ? "2.0.0" : "1.0.0"}`],
      exposedPorts: [8080],
      user: "65532",
      files: () => tree({ "/hello-app": file(executable("hello-app"), 0o755), "/etc/": "" }),
    });
  },
};
