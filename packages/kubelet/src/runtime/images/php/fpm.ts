// php-fpm: answers FastCGI requests on port 9000 with what its scripts print.

import { STATUS_CODES } from "node:http";
import { ErrnoError } from "../../file-system/errno.ts";
import { errnoOf } from "../../file-system/files.ts";
import type { Connection } from "../../network/connection.ts";
import { bytesFrom } from "../../process/pipe.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { occupy } from "../http-service.ts";
import * as protocol from "./fastcgi.ts";
import { phpVersion, runPhp } from "./run.ts";
import { PhpError } from "./script.ts";

const PORT = 9000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const phpFpm: Program = async (process) => {
  if (/^(?:-v|--version)$/.test(process.argv[1] ?? "")) {
    await process.print(`PHP ${phpVersion(process)} (fpm-fcgi)\n`);
    return 0;
  }
  if (process.argv[1] === "-t") {
    await notice(process, "configuration file /usr/local/etc/php-fpm.conf test is successful\n");
    return 0;
  }
  occupy(process, 14);
  const accept = (connection: Connection) => void serve(process, connection);
  try {
    process.onEnd(process.world.network.listen({ port: PORT, isLoopbackOnly: false, accept }));
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const text = `unable to bind listening socket for address '${PORT}': ${error.message} (98)`;
    await process.complain(`[${stamp(process)}] ERROR: ${text}\n`);
    await process.complain(`[${stamp(process)}] ERROR: FPM initialization failed\n`);
    return 78;
  }
  await notice(process, `fpm is running, pid ${process.pid}`);
  await notice(process, "ready to handle connections");
  for (;;) {
    const signal = await process.nextSignal(["SIGQUIT", "SIGTERM", "SIGINT", "SIGUSR2"]);
    if (signal === "SIGUSR2") continue;
    await notice(process, signal === "SIGQUIT" ? "Finishing ..." : "Terminating ...");
    await notice(process, "exiting, bye-bye!");
    return 0;
  }
};

async function serve(process: Process, { incoming, outgoing }: Connection): Promise<void> {
  const reader = new protocol.RecordReader();
  const [params, input]: [Buffer[], Buffer[]] = [[], []];
  for await (const bytes of bytesFrom(incoming)) {
    reader.add(bytes);
    let isComplete = false;
    for (let record; (record = reader.next());) {
      if (record.type === protocol.PARAMS) params.push(record.content);
      if (record.type === protocol.STDIN) input.push(record.content);
      isComplete ||= record.type === protocol.STDIN && record.content.length === 0;
    }
    if (!isComplete || process.status) continue;
    const server = protocol.decodePairs(Buffer.concat(params));
    const { output, complaint, status } = respond(process, server, Buffer.concat(input).toString());
    if (complaint) outgoing.put(protocol.encodeRecords(protocol.STDERR, Buffer.from(complaint)));
    outgoing.put(protocol.encodeRecords(protocol.STDOUT, Buffer.from(output)));
    outgoing.put(protocol.END_REQUEST);
    await process.complain(accessLine(process, server, status));
    break;
  }
  outgoing.endWriting();
}

interface Response {
  output: string;
  complaint: string;
  status: number;
}

function respond(process: Process, server: ReadonlyMap<string, string>, body: string): Response {
  const path = server.get("SCRIPT_FILENAME") ?? "";
  try {
    const source = process.files.readText(path);
    const page = runPhp(process, source, { api: "FPM/FastCGI", server, body });
    const status = page.status === 200 ? "" : statusLine(page.status);
    const type = page.headers.has("Content-Type")
      ? ""
      : "Content-type: text/html; charset=UTF-8\r\n";
    const own = [...page.headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const powered = `X-Powered-By: PHP/${phpVersion(process)}\r\n`;
    const output = `${status}${powered}${own}${type}\r\n${page.text}`;
    return { output, complaint: "", status: page.status };
  } catch (error) {
    if (error instanceof PhpError) {
      const complaint = `PHP message: PHP Fatal error:  ${error.message} in ${path}`;
      return { ...plain(500, ""), complaint };
    }
    if (errnoOf(error) === "EACCES") {
      return { ...plain(403, "Access denied.\n"), complaint: "Unable to open primary script" };
    }
    if (errnoOf(error) === undefined) throw error;
    return { ...plain(404, "File not found.\n"), complaint: "Primary script unknown" };
  }
}

function plain(status: number, text: string): Omit<Response, "complaint"> {
  const output = `${statusLine(status)}Content-type: text/html; charset=UTF-8\r\n\r\n${text}`;
  return { output, status };
}

function statusLine(status: number): string {
  return `Status: ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
}

function notice(process: Process, text: string): void | Promise<void> {
  return process.complain(`[${stamp(process)}] NOTICE: ${text.trimEnd()}\n`);
}

function stamp(process: Process): string {
  const iso = new Date(process.now()).toISOString();
  return `${iso.slice(8, 10)}-${MONTHS[Number(iso.slice(5, 7)) - 1]}-${iso.slice(0, 4)} ${iso.slice(11, 19)}`;
}

function accessLine(process: Process, server: ReadonlyMap<string, string>, status: number): string {
  const date = stamp(process).replaceAll("-", "/").replace(" ", ":");
  const what = `"${server.get("REQUEST_METHOD") ?? "-"} ${server.get("SCRIPT_NAME") ?? "-"}"`;
  return `127.0.0.1 -  ${date} +0000 ${what} ${status}\n`;
}
