// fastcgi_pass: the request goes on to a FastCGI server, such as php-fpm.

import { isIP } from "node:net";
import { connect } from "../../network/dial.ts";
import type { HttpAnswer } from "../../network/listener.ts";
import { resolveName } from "../../network/names.ts";
import { DialError } from "../../network/network.ts";
import { bytesFrom } from "../../process/pipe.ts";
import * as protocol from "../php/fastcgi.ts";
import { errorAnswer, own, substituted, type At } from "./answers.ts";
import { reasonOf } from "./pages.ts";
import { setting } from "./site.ts";

const CONNECT_TIMEOUT_MS = 60_000;

export async function fastcgiPassed(at: At): Promise<HttpAnswer> {
  const index = setting("fastcgi_index", at)?.[0] ?? "";
  const script = at.path.endsWith("/") ? at.path + index : at.path;
  try {
    const { output, complaints } = await exchange(at, paramsOf({ ...at, path: script }));
    if (complaints) {
      const text = `FastCGI sent in stderr: "${complaints}" while reading response header from upstream`;
      at.serving.complain(text, at.request);
    }
    return answerFrom(at, output);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    const why = error.reason === "refused" ? "(111: Connection refused)" : `(${error.message})`;
    at.serving.complain(`connect() failed ${why} while connecting to upstream`, at.request);
    return errorAnswer(at, error.reason === "timeout" ? 504 : 502);
  }
}

/** The innermost block's `fastcgi_param` lines, and the headers as PHP knows them. */
function paramsOf(at: At): Map<string, string> {
  const params = new Map<string, string>();
  const blocks = [at.location!.block, at.server.block, at.site.http];
  const block = blocks.find((one) => one.some(({ name }) => name === "fastcgi_param")) ?? [];
  for (const { name, args } of block) {
    if (name === "fastcgi_param") params.set(args[0] ?? "", substituted(at, args[1] ?? ""));
  }
  for (const [name, value] of Object.entries(at.request.headers)) {
    params.set(`HTTP_${name.toUpperCase().replaceAll("-", "_")}`, value ?? "");
  }
  return params;
}

/** @throws DialError */
async function exchange(at: At, params: Map<string, string>) {
  const { process } = at.serving;
  const { network } = process.world;
  const [pass = ""] = at.location!.block.find(({ name }) => name === "fastcgi_pass")!.args;
  const [, host = "", port = "9000"] = /^([^:]*)(?::(\d+))?$/.exec(upstreamOf(at, pass)) ?? [];
  const ip = isIP(host) ? host : resolveName(network, host)?.[0];
  if (ip === undefined) throw new DialError(`${host} could not be resolved`, "lookup");
  const body = await at.request.body();
  const dialer = { fabric: network.fabric, from: network };
  const to = { ip, port: Number(port) };
  const { incoming, outgoing } = await process.until(connect(dialer, to, CONNECT_TIMEOUT_MS));
  outgoing.put(protocol.BEGIN_RESPONDER);
  outgoing.put(protocol.encodeRecords(protocol.PARAMS, protocol.encodePairs(params)));
  outgoing.put(protocol.encodeRecords(protocol.PARAMS, new Uint8Array(0)));
  if (body.length > 0) outgoing.put(protocol.encodeRecords(protocol.STDIN, body));
  outgoing.put(protocol.encodeRecords(protocol.STDIN, new Uint8Array(0)));
  const reader = new protocol.RecordReader();
  const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
  for await (const bytes of bytesFrom(incoming)) {
    reader.add(bytes);
    for (let record; (record = reader.next());) {
      if (record.type === protocol.STDOUT) output.push(record.content);
      if (record.type === protocol.STDERR) complaints.push(record.content);
    }
  }
  return { output: Buffer.concat(output), complaints: Buffer.concat(complaints).toString() };
}

/** The first server of an `upstream` block of this name, else the name itself. */
function upstreamOf(at: At, name: string): string {
  const block = at.site.http.find((one) => one.name === "upstream" && one.args[0] === name)?.block;
  return block?.find((one) => one.name === "server")?.args[0] ?? name;
}

/** Header lines, an empty line, the body; `Status:` says what a plain 200 is not. */
function answerFrom(at: At, output: Buffer): HttpAnswer {
  const end = output.indexOf("\r\n\r\n");
  if (end < 0) {
    at.serving.complain("upstream prematurely closed FastCGI stdout", at.request);
    return errorAnswer(at, 502);
  }
  const lines = output.toString("utf8", 0, end).split("\r\n");
  const pairs = lines.map((line) => /^([^:]+):\s*(.*)$/.exec(line)).filter((found) => !!found);
  const valueOf = (wanted: string) => pairs.find(([, name]) => name!.toLowerCase() === wanted)?.[2];
  const isRedirect = valueOf("location") !== undefined;
  const status = Number(valueOf("status")?.slice(0, 3) ?? (isRedirect ? 302 : 200));
  const type = valueOf("content-type") ?? "text/html";
  const answer = own(at.serving, status, type, output.subarray(end + 4));
  for (const [, name = "", value = ""] of pairs) {
    if (!/^(?:status|content-type|content-length)$/i.test(name)) answer.headers[name] = value;
  }
  return { ...answer, reason: reasonOf(status) };
}
