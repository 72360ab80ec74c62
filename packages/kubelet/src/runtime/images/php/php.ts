// docker.io/library/php: php-fpm and the command-line interpreter.

import { file, tree } from "../../file-system/tree.ts";
import { errnoOf } from "../../file-system/files.ts";
import { executable } from "../../process/executable.ts";
import type { Program } from "../../process/program.ts";
import { entrypoint } from "../entrypoint.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry, type Image } from "../image.ts";
import { alpineRoot } from "../roots/alpine-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { phpApache } from "./apache.ts";
import { phpFpm } from "./fpm.ts";
import { phpVersion, runPhp } from "./run.ts";
import { PhpError } from "./script.ts";

/** The highest patch of each minor version that was published. */
const LAST_PATCH: { readonly [minor: string]: number } = {
  "5.6": 40, "7.0": 33, "7.1": 33, "7.2": 34, "7.3": 33, "7.4": 33, "8.0": 30, "8.1": 33,
  "8.2": 29, "8.3": 27, "8.4": 14,
}; // prettier-ignore
const LAST_MINOR: { readonly [major: string]: string } = { "5": "5.6", "7": "7.4", "8": "8.4" };
const TAG =
  /^(?:(\d+)(?:\.(\d+))?(?:\.(\d+))?-?)?(?:latest|(?:(cli|fpm|zts|apache)-?)?(?:alpine(?:3\.\d+)?|bookworm|bullseye|buster|trixie)?)$/;

const php: Program = async (process) => {
  const [first = "", second = ""] = process.argv.slice(1);
  if (/^(?:-v|--version)$/.test(first)) {
    await process.print(`PHP ${phpVersion(process)} (cli) (NTS)\n`);
    return 0;
  }
  try {
    const source =
      first === "-r" ? `<?php ${second}` : process.files.readText(first || "/dev/stdin");
    const request = { api: "Command Line Interface", server: new Map<string, string>() };
    await process.print(runPhp(process, source, request).text);
    return 0;
  } catch (error) {
    if (error instanceof PhpError) {
      await process.complain(`PHP Fatal error:  ${error.message}\n`);
      return 255;
    }
    if (errnoOf(error) === undefined) throw error;
    await process.print(`Could not open input file: ${first}\n`);
    return 1;
  }
};

export const phpImages: CatalogueEntry = {
  repositories: ["docker.io/library/php"],
  programs: {
    php,
    "apache2-foreground": phpApache,
    "php-fpm": phpFpm,
    "php-entrypoint": entrypoint({ command: "php" }),
    "php-apache-entrypoint": entrypoint({ command: "apache2-foreground" }),
    "php-fpm-entrypoint": entrypoint({ command: "php-fpm" }),
  },
  image: ({ tag = "latest" }) => {
    const match = TAG.exec(tag);
    if (!match) return undefined;
    const [, major = "8", minor, patch] = match;
    const branch = minor === undefined ? LAST_MINOR[major] : `${major}.${minor}`;
    const last = branch && Object.hasOwn(LAST_PATCH, branch) ? LAST_PATCH[branch] : undefined;
    if (last === undefined || Number(patch ?? 0) > last) return undefined;
    return build(`${branch}.${patch ?? last}`, tag);
  },
};

type Kind = "cli" | "fpm" | "apache";

const COMMANDS: { readonly [K in Kind]: readonly string[] } = {
  cli: ["php", "-a"],
  fpm: ["php-fpm"],
  apache: ["apache2-foreground"],
};
const STOP_SIGNALS: { readonly [K in Kind]: string } = {
  cli: "",
  fpm: "SIGQUIT",
  apache: "SIGWINCH",
};
const PORTS: { readonly [K in Kind]: readonly number[] } = { cli: [], fpm: [9000], apache: [80] };
const ENTRYPOINTS: { readonly [K in Kind]: string } = {
  cli: "php-entrypoint",
  fpm: "php-fpm-entrypoint",
  apache: "php-apache-entrypoint",
};

function build(version: string, tag: string): Image {
  const kind: Kind = tag.includes("fpm") ? "fpm" : tag.includes("apache") ? "apache" : "cli";
  const isAlpine = tag.includes("alpine");
  return defineImage({
    sizeBytes: isAlpine ? 34_112_480 : 172_904_113,
    entrypoint: ["docker-php-entrypoint"],
    cmd: COMMANDS[kind],
    env: [...STANDARD_ENV, `PHP_VERSION=${version}`, "PHP_INI_DIR=/usr/local/etc/php"],
    workingDir: kind === "cli" ? "/" : "/var/www/html",
    stopSignal: STOP_SIGNALS[kind],
    exposedPorts: PORTS[kind],
    files: () => files(kind, isAlpine),
  });
}

function files(kind: Kind, isAlpine: boolean) {
  const program = (name: string) => file(executable(name), 0o755);
  return tree(
    {
      "/usr/local/bin/docker-php-entrypoint": program(ENTRYPOINTS[kind]),
      "/usr/local/bin/php": program("php"),
      "/usr/local/etc/php/": "",
      "/var/www/html/": "",
      ...(kind === "fpm" ? { "/usr/local/sbin/php-fpm": program("php-fpm") } : {}),
      ...(kind === "apache"
        ? { "/usr/local/bin/apache2-foreground": program("apache2-foreground") }
        : {}),
    },
    isAlpine ? alpineRoot("3.22.2") : debianRoot("12"),
  );
}
