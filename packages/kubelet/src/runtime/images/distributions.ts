// Distributions with GNU tools and bash: debian, ubuntu, centos and their like.

import { debianRoot, gnuRoot } from "./roots/debian-root.ts";
import { systemFiles } from "./roots/system-files.ts";
import { link } from "../file-system/tree.ts";
import { defineImage, type CatalogueEntry } from "./image.ts";

const DEBIAN_VERSIONS: { readonly [tag: string]: string } = {
  latest: "13",
  stable: "13",
  trixie: "13",
  bookworm: "12",
  bullseye: "11",
  buster: "10",
};

export const debian: CatalogueEntry = {
  repositories: ["docker.io/library/debian"],
  image: ({ tag = "latest" }) => {
    const name = tag.replace(/-slim$|-backports$/, "");
    const version = Object.hasOwn(DEBIAN_VERSIONS, name)
      ? DEBIAN_VERSIONS[name]!
      : /^(?:8|9|1[0-3])(?:\.\d{1,2})?$/.exec(name)?.[0].split(".")[0];
    if (version === undefined) return undefined;
    const sizeBytes = tag.endsWith("-slim") ? 28_231_034 : 48_479_021;
    return defineImage({ sizeBytes, cmd: ["bash"], files: () => debianRoot(version) });
  },
};

const UBUNTU_NAMES: { readonly [tag: string]: string } = {
  latest: "24.04",
  noble: "24.04",
  jammy: "22.04",
  focal: "20.04",
  bionic: "18.04",
};

export const ubuntu: CatalogueEntry = {
  repositories: ["docker.io/library/ubuntu"],
  image: ({ tag = "latest" }) => {
    const named = Object.hasOwn(UBUNTU_NAMES, tag) ? UBUNTU_NAMES[tag] : undefined;
    const version = named ?? /^(?:1[4-9]|2[0-5])\.(?:04|10)$/.exec(tag)?.[0];
    if (version === undefined) return undefined;
    return defineImage({
      sizeBytes: 29_726_205,
      cmd: ["/bin/bash"],
      files: () =>
        gnuRoot(systemFiles({ id: "ubuntu", name: "Ubuntu", version, shell: "/bin/bash" }), {
          "/usr/bin/sh": link("dash"),
        }),
    });
  },
};

const CENTOS_TAG = /^(?:latest|(?:centos)?[5-8](?:\.\d\.\d{4})?)$/;

export const centos: CatalogueEntry = {
  repositories: ["docker.io/library/centos"],
  image: ({ tag = "latest" }) => {
    if (!CENTOS_TAG.test(tag)) return undefined;
    const version = /\d/.exec(tag)?.[0] ?? "8";
    return defineImage({
      sizeBytes: 76_097_157,
      cmd: ["/bin/bash"],
      files: () =>
        gnuRoot(systemFiles({ id: "centos", name: "CentOS Linux", version, shell: "/bin/bash" }), {
          "/usr/bin/sh": link("bash"),
          "/etc/centos-release": `CentOS Linux release ${tag.replace(/^centos/, "")} (Core)\n`,
        }),
    });
  },
};
