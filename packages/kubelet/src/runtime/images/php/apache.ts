// PHP inside Apache, as php:…-apache has it: scripts of /var/www/html answer for their paths.

import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { errorPage, runHttpd } from "../httpd/program.ts";
import { partsOf, textAnswer } from "../http-service.ts";
import { phpVersion, runPhp } from "./run.ts";
import { PhpError } from "./script.ts";

export const phpApache: Program = (process) =>
  runHttpd(process, { root: "/var/www/html", run: scriptAnswer });

async function scriptAnswer(
  process: Process,
  request: IncomingRequest,
  disk: string,
): Promise<HttpAnswer> {
  const { path, query } = partsOf(request.target);
  const server = new Map([
    ["REQUEST_METHOD", request.method],
    ["REQUEST_URI", request.target],
    ["QUERY_STRING", query.toString()],
    ["SCRIPT_FILENAME", disk],
    ["SCRIPT_NAME", path],
    ["SERVER_PROTOCOL", `HTTP/${request.httpVersion}`],
    ["SERVER_ADDR", process.world.network.ip],
    ["REMOTE_ADDR", request.remoteAddress],
    ["HTTP_HOST", request.headers["host"] ?? ""],
  ]);
  const body = Buffer.from(await request.body()).toString();
  try {
    const source = process.files.readText(disk);
    const page = runPhp(process, source, { api: "Apache 2.0 Handler", server, body });
    const headers = {
      "X-Powered-By": `PHP/${phpVersion(process)}`,
      ...Object.fromEntries(page.headers),
    };
    return textAnswer(process, page.text, {
      status: page.status,
      type: page.headers.get("Content-Type") ?? "text/html; charset=UTF-8",
      headers,
    });
  } catch (error) {
    if (!(error instanceof PhpError)) throw error;
    await process.complain(`PHP Fatal error:  ${error.message} in ${disk}\n`);
    return { ...errorPage(process, 500), body: new Uint8Array(0) };
  }
}
