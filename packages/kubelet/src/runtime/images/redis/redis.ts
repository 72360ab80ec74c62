// docker.io/library/redis: the server and its client, on Debian or Alpine.

import { directory, file, link, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import { entrypoint } from "../entrypoint.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry, type Image } from "../image.ts";
import { withAccount } from "../roots/account.ts";
import { alpineRoot } from "../roots/alpine-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { redisCli } from "./cli.ts";
import { redisServer } from "./server.ts";
import { redisVersionOf } from "./versions.ts";

const OWNER = { uid: 999, gid: 999 };

export const redis: CatalogueEntry = {
  repositories: [
    "docker.io/library/redis",
    "registry.k8s.io/redis",
    "k8s.gcr.io/redis",
    "gcr.io/google_containers/redis",
  ],
  programs: {
    "redis-server": redisServer,
    "redis-cli": redisCli,
    "redis-entrypoint": entrypoint({ command: "redis-server", user: OWNER }),
  },
  image: ({ host, repository, tag = "latest" }) => {
    const isRedis = host === "docker.io" && repository.endsWith("/redis");
    const version = redisVersionOf(tag) ?? (isRedis ? undefined : "6.2.20");
    return version === undefined ? undefined : build(version, tag.includes("alpine"));
  },
};

function build(version: string, isAlpine: boolean): Image {
  return defineImage({
    sizeBytes: isAlpine ? 17_202_713 : 50_113_094 + Number(version[0]) * 500_113,
    entrypoint: ["docker-entrypoint.sh"],
    cmd: ["redis-server"],
    env: [...STANDARD_ENV, `REDIS_VERSION=${version}`, "GOSU_VERSION=1.17"],
    workingDir: "/data",
    exposedPorts: [6379],
    files: () => files(isAlpine),
  });
}

function files(isAlpine: boolean) {
  const root = withAccount(isAlpine ? alpineRoot("3.22.2") : debianRoot("12"), "redis", OWNER);
  return tree(
    {
      "/usr/local/bin/docker-entrypoint.sh": file(executable("redis-entrypoint"), 0o755),
      "/usr/local/bin/redis-server": file(executable("redis-server"), 0o755),
      "/usr/local/bin/redis-cli": file(executable("redis-cli"), 0o755),
      "/usr/local/bin/redis-sentinel": link("redis-server"),
      "/data": directory(0o755, OWNER),
    },
    root,
  );
}
