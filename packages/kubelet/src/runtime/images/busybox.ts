// docker.io/library/busybox and alpine: a shell and the usual applets.

import { tree } from "../file-system/tree.ts";
import { defineImage, type CatalogueEntry } from "./image.ts";
import { alpineRoot } from "./roots/alpine-root.ts";
import { busyboxTools } from "./roots/busybox-root.ts";
import { systemFiles } from "./roots/system-files.ts";

const BUSYBOX_TAG =
  /^(?:latest|stable|unstable|musl|uclibc|glibc|1(?:\.(?:2[0-9]|3[0-7])(?:\.[0-4])?)?)(?:-(?:musl|uclibc|glibc))?$/;

export const busybox: CatalogueEntry = {
  repositories: [
    "docker.io/library/busybox",
    "registry.k8s.io/e2e-test-images/busybox",
    "gcr.io/google-containers/busybox",
    "registry.k8s.io/busybox",
    "k8s.gcr.io/busybox",
  ],
  image: ({ host, tag = "latest" }) => {
    if (host === "docker.io" && !BUSYBOX_TAG.test(tag)) return undefined;
    return defineImage({
      sizeBytes: /^1\.2/.test(tag) ? 727_869 : 2_223_685,
      cmd: ["sh"],
      files: () =>
        tree(busyboxTools(), systemFiles({ id: "busybox", name: "BusyBox", version: "1.37.0" })),
    });
  },
};

const ALPINE_TAG = /^(?:latest|edge|3|3\.(?:[1-9]|1\d|2[0-3])(?:\.\d{1,2})?)$/;

export const alpine: CatalogueEntry = {
  repositories: ["docker.io/library/alpine"],
  image: ({ tag = "latest" }) => {
    if (!ALPINE_TAG.test(tag)) return undefined;
    const version = /^3\.\d+/.test(tag) ? tag : "3.22.2";
    return defineImage({
      sizeBytes: 3_798_556,
      cmd: ["/bin/sh"],
      files: () => alpineRoot(version),
    });
  },
};
