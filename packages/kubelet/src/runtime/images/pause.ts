// registry.k8s.io/pause: waits for a signal, and nothing else.

import { file, tree } from "../file-system/tree.ts";
import { executable } from "../process/executable.ts";
import type { Program } from "../process/program.ts";
import { defineImage, type CatalogueEntry } from "./image.ts";

const program: Program = async (process) => {
  await process.nextSignal(["SIGINT", "SIGTERM"]);
  await process.complain("Shutting down, got signal\n");
  return 0;
};

export const pause: CatalogueEntry = {
  repositories: ["registry.k8s.io/pause", "k8s.gcr.io/pause", "gcr.io/google_containers/pause"],
  programs: { pause: program },
  image: () =>
    defineImage({
      sizeBytes: 320_368,
      entrypoint: ["/pause"],
      user: "65535:65535",
      files: () => tree({ "/pause": file(executable("pause"), 0o755), "/etc/": "" }),
    }),
};
