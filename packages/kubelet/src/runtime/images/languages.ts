// docker.io/library/python and node: a system with a shell, the interpreter's everyday switches, and
// Python's http.server. Programs of their languages do not run here, and are told so.

import { errnoOf } from "../file-system/files.ts";
import { file, link, tree } from "../file-system/tree.ts";
import { executable } from "../process/executable.ts";
import type { Process } from "../process/process.ts";
import type { Program } from "../process/program.ts";
import { become } from "./entrypoint.ts";
import { occupy, openPort, partsOf, textAnswer } from "./http-service.ts";
import { commonLogTime } from "./httpd/times.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry } from "./image.ts";
import { alpineRoot } from "./roots/alpine-root.ts";
import { debianRoot } from "./roots/debian-root.ts";

const python: Program = async (process) => {
  const [first = "", second = "", ...rest] = process.argv.slice(1);
  const version = process.env.get("PYTHON_VERSION") ?? "3.14.0";
  if (/^(?:-V|--version)$/.test(first)) {
    await process.print(`Python ${version}\n`);
    return 0;
  }
  if (first === "-m" && second === "http.server") return serveFolder(process, rest);
  const printed = /^\s*print\((["'])([^"'\\]*)\1\)\s*;?\s*$/.exec(second);
  if (first === "-c" && printed) {
    await process.print(`${printed[2]}\n`);
    return 0;
  }
  await process.complain("python: this interpreter runs no programs but http.server\n");
  return 1;
};

async function serveFolder(process: Process, args: readonly string[]): Promise<number> {
  occupy(process, 18);
  const at = args.findIndex((arg) => arg === "-d" || arg === "--directory");
  const root = at < 0 ? process.cwd : (args[at + 1] ?? ".");
  const port = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 8000);
  openPort(process, port, async ({ method, target, httpVersion, remoteAddress }) => {
    const made = folderAnswer(process, root, partsOf(target).path);
    made.headers["Server"] = "SimpleHTTP/0.6";
    const time = commonLogTime(process.now()).replace(
      /^(..)\/(...)\/(....):(\S+) .*/,
      "$1/$2/$3 $4",
    );
    const line = `"${method} ${target} HTTP/${httpVersion}" ${made.status} -`;
    await process.complain(`${remoteAddress} - - [${time}] ${line}\n`);
    return made;
  });
  await process.print(`Serving HTTP on 0.0.0.0 port ${port} (http://0.0.0.0:${port}/) ...\n`);
  // as first process it ignores SIGTERM, as Python does without a handler
  await process.nextSignal(["SIGINT"]);
  await process.print("\nKeyboard interrupt received, exiting.\n");
  return 0;
}

function folderAnswer(process: Process, root: string, target: string) {
  const { files } = process;
  const html = { type: "text/html; charset=utf-8" };
  const missing = "<!DOCTYPE HTML>\n<html><body><h1>Error response</h1><p>Error code: 404</p><p>Message: File not found.</p></body></html>\n"; // prettier-ignore
  try {
    const path = decodeURIComponent(target);
    const disk = `${root.replace(/\/$/, "")}${path.split("/").includes("..") ? "/" : path}`;
    const index = `${disk.replace(/\/$/, "")}/index.html`;
    if (files.get(disk).kind !== "directory") {
      return textAnswer(process, files.readText(disk), {
        type: /\.html?$/.test(disk) ? "text/html" : "text/plain",
      });
    }
    if (files.find(index)?.kind === "file") return textAnswer(process, files.readText(index), html);
    const rows = files.list(disk).map((name) => `<li><a href="${name}">${name}</a></li>\n`);
    const title = `Directory listing for ${path}`;
    const body = `<!DOCTYPE HTML>\n<html><head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${rows.join("")}</ul>\n<hr>\n</body>\n</html>\n`;
    return textAnswer(process, body, html);
  } catch (error) {
    if (errnoOf(error) === undefined && !(error instanceof URIError)) throw error;
    return textAnswer(process, missing, { status: 404, ...html });
  }
}

const node: Program = async (process) => {
  const [first = "", second = ""] = process.argv.slice(1);
  if (/^(?:-v|--version)$/.test(first)) {
    await process.print(`v${process.env.get("NODE_VERSION") ?? "24.11.1"}\n`);
    return 0;
  }
  const printed = /^\s*console\.log\((["'`])([^"'`\\$]*)\1\)\s*;?\s*$/.exec(second);
  if (/^(?:-e|--eval)$/.test(first) && printed) {
    await process.print(`${printed[2]}\n`);
    return 0;
  }
  await process.complain("node: this interpreter runs no programs\n");
  return 1;
};

/** Options, or words that are no command, are the interpreter's own. */
const nodeEntrypoint: Program = (process) => {
  const [, first = "", ...rest] = process.argv;
  const folders = (process.env.get("PATH") ?? "").split(":");
  const isCommand = folders.some((folder) => process.files.exists(`${folder}/${first}`));
  const isNode = first.startsWith("-") || (!isCommand && !first.includes("/"));
  return become(process, isNode ? ["node", first, ...rest] : [first, ...rest]);
};

const PYTHON_LAST: { readonly [minor: string]: number } = {
  "2.7": 18, "3.6": 15, "3.7": 17, "3.8": 20, "3.9": 25, "3.10": 19, "3.11": 14, "3.12": 12,
  "3.13": 9, "3.14": 0,
}; // prettier-ignore
const VARIANT = /-?(?:slim|alpine(?:3\.\d+)?|bookworm|bullseye|buster|trixie)/g;

export const pythonImages: CatalogueEntry = {
  repositories: ["docker.io/library/python"],
  programs: { python },
  image: ({ tag = "latest" }) => {
    const plain = tag.replace(VARIANT, "").replace(/^(?:latest|3|)$/, "3.14");
    const [, minor = "", patch] = /^(\d\.\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
    const last = Object.hasOwn(PYTHON_LAST, minor) ? PYTHON_LAST[minor] : undefined;
    if (last === undefined || Number(patch ?? 0) > last) return undefined;
    const isAlpine = tag.includes("alpine");
    const program = file(executable("python"), 0o755);
    const [major] = minor.split(".");
    return defineImage({
      sizeBytes: isAlpine ? 18_302_551 : tag.includes("slim") ? 45_407_012 : 366_304_190,
      cmd: [`python${major}`],
      env: [...STANDARD_ENV, `PYTHON_VERSION=${minor}.${patch ?? last}`, "LANG=C.UTF-8"],
      files: () =>
        tree(
          {
            [`/usr/local/bin/python${minor}`]: program,
            [`/usr/local/bin/python${major}`]: link(`python${minor}`),
            "/usr/local/bin/python": link(`python${minor}`),
          },
          isAlpine ? alpineRoot("3.22.2") : debianRoot("12"),
        ),
    });
  },
};

const NODE_LAST: { readonly [major: string]: string } = {
  "8": "17.0", "10": "24.1", "12": "22.12", "14": "21.3", "16": "20.2", "18": "20.8", "20": "19.5",
  "22": "21.0", "24": "11.1", "25": "2.1",
}; // prettier-ignore
const NODE_TAG = /^(?:latest|current|lts|lts-[a-z]+|(\d+)(?:\.\d+(?:\.\d+)?)?)$/;

export const nodeImages: CatalogueEntry = {
  repositories: ["docker.io/library/node"],
  programs: { node, "node-entrypoint": nodeEntrypoint },
  image: ({ tag = "latest" }) => {
    const plain = tag.replace(VARIANT, "") || "latest";
    const match = NODE_TAG.exec(plain);
    const major = match?.[1] ?? (plain.startsWith("lts") ? "24" : "25");
    if (!match || !Object.hasOwn(NODE_LAST, major)) return undefined;
    const isAlpine = tag.includes("alpine");
    const version = /^\d+\.\d+\.\d+$/.test(plain) ? plain : `${major}.${NODE_LAST[major]}`;
    return defineImage({
      sizeBytes: isAlpine ? 55_911_470 : tag.includes("slim") ? 78_114_026 : 399_204_511,
      entrypoint: ["docker-entrypoint.sh"],
      cmd: ["node"],
      env: [...STANDARD_ENV, `NODE_VERSION=${version}`],
      exposedPorts: [],
      files: () =>
        tree(
          {
            "/usr/local/bin/docker-entrypoint.sh": file(executable("node-entrypoint"), 0o755),
            "/usr/local/bin/node": file(executable("node"), 0o755),
          },
          isAlpine ? alpineRoot("3.22.2") : debianRoot("12"),
        ),
    });
  },
};
