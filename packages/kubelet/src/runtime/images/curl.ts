// curlimages/curl and the images that people start for a look around the network.

import { directory, file, link, tree } from "../file-system/tree.ts";
import { executable } from "../process/executable.ts";
import { become } from "./entrypoint.ts";
import { defineImage, type CatalogueEntry } from "./image.ts";
import { withAccount } from "./roots/account.ts";
import { ALPINE_BASH, alpineRoot } from "./roots/alpine-root.ts";

const OWNER = { uid: 100, gid: 101, home: "/home/curl_user", shell: "/bin/sh" };

export const curl: CatalogueEntry = {
  repositories: ["docker.io/curlimages/curl", "quay.io/curl/curl"],
  programs: {
    // options, or words that are no command, are curl's own
    "curl-entrypoint": async (process) => {
      const [, first = ""] = process.argv;
      const isCommand = !first.startsWith("-") && process.files.exists(`/bin/${first}`);
      const argv = process.argv.slice(1);
      return isCommand || first.startsWith("/")
        ? become(process, argv)
        : become(process, ["curl", ...argv]);
    },
  },
  image: ({ tag = "latest" }) =>
    /^(?:latest|[78]\.\d{1,3}\.\d{1,2})$/.test(tag)
      ? defineImage({
          sizeBytes: 9_654_210,
          entrypoint: ["/entrypoint.sh"],
          cmd: ["curl"],
          user: "curl_user",
          workingDir: "/home/curl_user",
          files: () =>
            tree(
              {
                "/entrypoint.sh": file(executable("curl-entrypoint"), 0o755),
                "/usr/bin/curl": link("/bin/curl"),
                "/home/curl_user": directory(0o755, OWNER),
              },
              withAccount(alpineRoot("3.22.2"), "curl_user", OWNER),
            ),
        })
      : undefined,
};

/** Tools for looking at DNS; they sleep until somebody runs one. */
export const dnsUtils: CatalogueEntry = {
  repositories: [
    "registry.k8s.io/e2e-test-images/jessie-dnsutils",
    "gcr.io/kubernetes-e2e-test-images/dnsutils",
    "docker.io/nicolaka/netshoot",
  ],
  image: ({ repository }) =>
    defineImage({
      sizeBytes: repository.endsWith("netshoot") ? 202_316_402 : 112_030_336,
      cmd: repository.endsWith("netshoot") ? ["bash"] : ["sleep", "3600"],
      files: () => alpineRoot("3.22.2", ALPINE_BASH),
    }),
};
