// A PHP script in a process: what it sees, and the page that it makes.

import type { Process } from "../../process/process.ts";
import { informationPage } from "./information.ts";
import { runScript, type PhpPage, type PhpWorld } from "./script.ts";

export interface PhpRequest {
  /** `FPM/FastCGI`, `Command Line Interface` */
  api: string;
  server: ReadonlyMap<string, string>;
  body?: string;
}

const LATEST = "8.4.14";

export function phpVersion(process: Process): string {
  return process.env.get("PHP_VERSION") ?? LATEST;
}

/** @throws PhpError */
export function runPhp(process: Process, source: string, request: PhpRequest): PhpPage {
  const { api, server, body = "" } = request;
  const world: Omit<PhpWorld, "information"> = {
    version: phpVersion(process),
    hostname: process.world.hostname,
    nowMs: process.now(),
    server,
    query: new URLSearchParams(server.get("QUERY_STRING") ?? ""),
    form: new URLSearchParams(body),
    environment: (name) => process.env.get(name),
  };
  return runScript(source, { ...world, information: () => informationPage(world, api) });
}
