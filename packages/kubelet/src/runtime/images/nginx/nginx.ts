// docker.io/library/nginx: the web server with its files, on Debian or Alpine.

import { directory, file, link, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import type { Program } from "../../process/program.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry, type Image } from "../image.ts";
import { busyboxTools } from "../roots/busybox-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { systemFiles } from "../roots/system-files.ts";
import type { Reference } from "../reference.ts";
import { DEFAULT_SERVER, FASTCGI_PARAMS, MAIN_CONFIGURATION, MIME_TYPES } from "./files.ts";
import { ERROR_PAGE, WELCOME_PAGE } from "./pages.ts";
import { nginx as program } from "./program.ts";

const LATEST = "1.29.4";

/** The highest patch of each minor version that was published. */
const LAST_PATCH: { readonly [minor: string]: number } = {
  "1.7": 12, "1.8": 1, "1.9": 15, "1.10": 3, "1.11": 13, "1.12": 2, "1.13": 12, "1.14": 2,
  "1.15": 12, "1.16": 1, "1.17": 10, "1.18": 0, "1.19": 10, "1.20": 2, "1.21": 6, "1.22": 1,
  "1.23": 4, "1.24": 0, "1.25": 5, "1.26": 3, "1.27": 5, "1.28": 1, "1.29": 4,
}; // prettier-ignore

const NAMED: { readonly [tag: string]: string } = {
  latest: LATEST,
  mainline: LATEST,
  stable: "1.28.1",
};
const VARIANT = /-(alpine(?:3\.\d+)?(?:-slim|-perl)?|slim|perl|bookworm|bullseye|buster|trixie)$/;

/** The entrypoint prepares nothing here; it says what the image's own script says, then makes way. */
const entrypoint: Program = async (process) => {
  const [, command = "nginx", ...args] = process.argv;
  if (command === "nginx") await process.print(ENTRYPOINT_LINES);
  const path = command.includes("/") ? command : `/usr/sbin/${command}`;
  const found = process.files.exists(path) ? path : `/bin/${command}`;
  return process.exec(found, [command, ...args]);
};

const ENTRYPOINT_LINES = Buffer.from(
  [
    "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
    "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh",
    "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf",
    "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh",
    "/docker-entrypoint.sh: Configuration complete; ready for start up",
    "",
  ].join("\n"),
);

export const nginx: CatalogueEntry = {
  repositories: ["docker.io/library/nginx", "docker.io/nginxinc/nginx-unprivileged"],
  programs: { nginx: program, "nginx-entrypoint": entrypoint },
  image: (reference) => {
    const tag = reference.tag ?? "latest";
    const isAlpine = tag.includes("alpine");
    const version = versionOf(tag.replace(VARIANT, "").replace(/^alpine$/, "latest"));
    return version === undefined ? undefined : build(reference, version, isAlpine);
  },
};

function build(reference: Reference, version: string, isAlpine: boolean): Image {
  const isUnprivileged = reference.repository.includes("unprivileged");
  const port = isUnprivileged ? 8080 : 80;
  return defineImage({
    sizeBytes: isAlpine ? 16_841_221 : 56_743_735 + version.length,
    entrypoint: ["/docker-entrypoint.sh"],
    cmd: ["nginx", "-g", "daemon off;"],
    env: [...STANDARD_ENV, `NGINX_VERSION=${version}`, "PKG_RELEASE=1~bookworm"],
    user: isUnprivileged ? "101" : "",
    stopSignal: "SIGQUIT",
    exposedPorts: [port],
    files: () => files(version, isAlpine, port),
  });
}

/** @returns undefined when no such version was published */
function versionOf(tag: string): string | undefined {
  if (Object.hasOwn(NAMED, tag)) return NAMED[tag];
  if (tag === "1") return LATEST;
  const [, minor = "", patch] = /^(1\.\d+)(?:\.(\d+))?$/.exec(tag) ?? [];
  const last = Object.hasOwn(LAST_PATCH, minor) ? LAST_PATCH[minor] : undefined;
  if (last === undefined || Number(patch ?? 0) > last) return undefined;
  return `${minor}.${patch ?? last}`;
}

function files(version: string, isAlpine: boolean, port: number) {
  const distribution = isAlpine
    ? systemFiles({ id: "alpine", name: "Alpine Linux", version: "3.22.2" })
    : debianRoot("12");
  if (isAlpine) tree(busyboxTools(), distribution);
  const passwd = "nginx:x:101:101:nginx user:/nonexistent:/bin/false\n";
  appendTo(distribution, "passwd", passwd);
  appendTo(distribution, "group", "nginx:x:101:\n");
  const dated = versionDate(version);
  return tree(
    {
      "/docker-entrypoint.sh": file(executable("nginx-entrypoint"), 0o755),
      "/docker-entrypoint.d/10-listen-on-ipv6-by-default.sh": file("#!/bin/sh\n", 0o755),
      "/docker-entrypoint.d/20-envsubst-on-templates.sh": file("#!/bin/sh\n", 0o755),
      "/docker-entrypoint.d/30-tune-worker-processes.sh": file("#!/bin/sh\n", 0o755),
      "/usr/sbin/nginx": file(executable("nginx"), 0o755),
      "/etc/nginx/nginx.conf": MAIN_CONFIGURATION,
      "/etc/nginx/mime.types": MIME_TYPES,
      "/etc/nginx/fastcgi_params": FASTCGI_PARAMS,
      "/etc/nginx/conf.d/default.conf": DEFAULT_SERVER.replace("80;", `${port};`),
      "/usr/share/nginx/html/index.html": file(WELCOME_PAGE, 0o644, dated),
      "/usr/share/nginx/html/50x.html": file(ERROR_PAGE, 0o644, dated),
      "/var/log/nginx/access.log": link("/dev/stdout"),
      "/var/log/nginx/error.log": link("/dev/stderr"),
      "/var/cache/nginx/": directory(),
    },
    distribution,
  );
}

/** A moment for Last-Modified and ETag that differs between versions. */
function versionDate(version: string): number {
  const [, minor = 0, patch = 0] = version.split(".").map(Number);
  return Date.UTC(2014, 3, 15) + (minor * 170 + patch * 30) * 86_400_000;
}

function appendTo(root: ReturnType<typeof tree>, name: string, line: string): void {
  const etc = root.get("etc");
  const entry = etc?.kind === "directory" ? etc.get(name) : undefined;
  if (entry?.kind === "file") entry.append(Buffer.from(line));
}
