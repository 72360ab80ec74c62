// docker.io/library/php: php-fpm and the command-line interpreter.

import { file, tree } from "../../file-system/tree.ts";
import { errnoOf } from "../../file-system/files.ts";
import { executable } from "../../process/executable.ts";
import type { Program } from "../../process/program.ts";
import { entrypoint } from "../entrypoint.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry, type Image } from "../image.ts";
import { alpineRoot } from "../roots/alpine-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
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
  /^(?:(\d+)(?:\.(\d+))?(?:\.(\d+))?-?)?(?:latest|(?:(cli|fpm|zts)-?)?(?:alpine(?:3\.\d+)?|bookworm|bullseye|buster|trixie)?)$/;

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
    "php-fpm": phpFpm,
    "php-entrypoint": entrypoint({ command: "php" }),
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

function build(version: string, tag: string): Image {
  const isFpm = tag.includes("fpm");
  const isAlpine = tag.includes("alpine");
  return defineImage({
    sizeBytes: isAlpine ? 34_112_480 : 172_904_113,
    entrypoint: ["docker-php-entrypoint"],
    cmd: isFpm ? ["php-fpm"] : ["php", "-a"],
    env: [...STANDARD_ENV, `PHP_VERSION=${version}`, "PHP_INI_DIR=/usr/local/etc/php"],
    workingDir: isFpm ? "/var/www/html" : "/",
    stopSignal: isFpm ? "SIGQUIT" : "",
    exposedPorts: isFpm ? [9000] : [],
    files: () =>
      tree(
        {
          "/usr/local/bin/docker-php-entrypoint": file(
            executable(isFpm ? "php-fpm-entrypoint" : "php-entrypoint"),
            0o755,
          ),
          "/usr/local/bin/php": file(executable("php"), 0o755),
          "/usr/local/etc/php/": "",
          "/var/www/html/": "",
          ...(isFpm ? { "/usr/local/sbin/php-fpm": file(executable("php-fpm"), 0o755) } : {}),
        },
        isAlpine ? alpineRoot("3.22.2") : debianRoot("12"),
      ),
  });
}
