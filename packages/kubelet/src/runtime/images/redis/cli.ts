// redis-cli: one command from its arguments, or many from standard input or a person.

import { isIP } from "node:net";
import { resolveHost } from "../../applets/resolve-host.ts";
import { SocketFile } from "../../network/connection.ts";
import { connect } from "../../network/dial.ts";
import { DialError } from "../../network/network.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { prettyText, rawText } from "./cli-format.ts";
import { readCliOptions, type CliOptions } from "./cli-options.ts";
import { encodeRequest, Refusal, ReplyReader, splitLine, type Reply } from "./resp.ts";
import { LATEST_REDIS } from "./versions.ts";

const CONNECT_TIMEOUT_MS = 127_000;

export const redisCli: Program = async (process) => {
  const options = readCliOptions(process);
  if ("unknown" in options) {
    await process.complain(`Unrecognized option or bad number of args for: '${options.unknown}'\n`);
    return 1;
  }
  if (options.isVersion) {
    const version = process.env.get("REDIS_VERSION") ?? LATEST_REDIS;
    await process.print(`redis-cli ${version}\n`);
    return 0;
  }
  return new Cli(process, options).run();
};

/** The server went away while its answer was awaited. */
class Hangup extends Error {}

class Cli {
  readonly #process: Process;
  readonly #options: CliOptions;
  readonly #show: (reply: Reply) => string;
  #socket: SocketFile | undefined;
  #replies = new ReplyReader();

  constructor(process: Process, options: CliOptions) {
    this.#process = process;
    this.#options = options;
    const isPretty = options.format ? options.format === "pretty" : this.#isTerminal(1);
    this.#show = isPretty ? prettyText : rawText;
  }

  async run(): Promise<number> {
    const { command, repeat, intervalMs, isWarning } = this.#options;
    if (isWarning) {
      await this.#process.complain(
        "Warning: Using a password with '-a' or '-u' option on the command line interface " +
          "may not be safe.\n",
      );
    }
    if (command.length === 0) return this.#converse();
    if (!(await this.#connect())) return 1;
    let code = 0;
    for (let turn = 0; turn < repeat && code === 0; turn++) {
      if (turn > 0 && intervalMs > 0) await this.#process.sleep(intervalMs);
      code = await this.#command(command);
    }
    return code;
  }

  /** A command for each line that comes in. */
  async #converse(): Promise<number> {
    const isTerminal = this.#isTerminal(0);
    await this.#connect();
    let text = "";
    for (;;) {
      if (isTerminal) await this.#process.print(this.#prompt());
      const newline = text.indexOf("\n");
      const chunk = newline < 0 ? await this.#process.read(0) : undefined;
      if (chunk) text += Buffer.from(chunk).toString("latin1");
      else if (newline < 0 && text === "") return 0;
      const end = text.indexOf("\n");
      if (end < 0 && chunk) continue;
      const line = end < 0 ? text : text.slice(0, end);
      text = end < 0 ? "" : text.slice(end + 1);
      if (/^\s*(?:quit|exit)\s*$/i.test(line)) return 0;
      await this.#line(line);
    }
  }

  async #line(line: string): Promise<void> {
    const words = splitLine(line.trim());
    if (!words) await this.#process.print("Invalid argument(s)\n");
    else if (words[0]?.toLowerCase() === "clear") await this.#process.print("\x1b[H\x1b[2J");
    else if (words.length > 0 && (this.#socket || (await this.#connect()))) {
      await this.#command(words);
    }
  }

  #prompt(): string {
    const { host, port, database } = this.#options;
    if (!this.#socket) return "not connected> ";
    return `${host}:${port}${database > 0 ? `[${database}]` : ""}> `;
  }

  async #connect(): Promise<boolean> {
    const { host, port, password, user, database } = this.#options;
    const process = this.#process;
    const { network } = process.world;
    const ip = isIP(host) ? host : resolveHost(process, host)?.[0];
    try {
      if (ip === undefined) throw new DialError("Name or service not known", "lookup");
      const dialer = { fabric: network.fabric, from: network };
      const dialled = connect(dialer, { ip, port }, CONNECT_TIMEOUT_MS);
      this.#socket = new SocketFile(await process.until(dialled));
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      await process.complain(
        `Could not connect to Redis at ${host}:${port}: ${REASONS[error.reason]}\n`,
      );
      return false;
    }
    const socket = this.#socket;
    process.onEnd(() => socket.release());
    this.#replies = new ReplyReader();
    if (password !== undefined) {
      await this.#prepare(
        user === undefined ? ["AUTH", password] : ["AUTH", user, password],
        "AUTH",
      );
    }
    if (database > 0) await this.#prepare(["SELECT", String(database)], `SELECT ${database}`);
    return true;
  }

  async #prepare(words: string[], what: string): Promise<void> {
    const reply = await this.#ask(words);
    if (reply instanceof Refusal) {
      await this.#process.complain(`${what} failed: ${reply.text}\n`);
    }
  }

  /** @returns the exit code */
  async #command(words: readonly string[]): Promise<number> {
    const name = words[0]!.toLowerCase();
    try {
      const reply = await this.#ask(words);
      await this.#print(reply);
      if (/^p?subscribe$|^monitor$/.test(name)) for (;;) await this.#print(await this.#reply());
      if (name === "select" && !(reply instanceof Refusal)) {
        this.#options.database = Number(words[1]);
      }
      return reply instanceof Refusal && this.#options.failsOnError ? 1 : 0;
    } catch (error) {
      if (!(error instanceof Hangup)) throw error;
      this.#socket = undefined;
      if (name === "shutdown") return 0;
      await this.#process.complain("Error: Server closed the connection\n");
      return 1;
    }
  }

  async #ask(words: readonly string[]): Promise<Reply> {
    const request = Buffer.from(encodeRequest(words), "latin1");
    await this.#socket!.write(this.#process, request);
    return this.#reply();
  }

  async #reply(): Promise<Reply> {
    for (;;) {
      const found = this.#replies.next();
      if (found) return found.reply;
      const bytes = await this.#socket!.read(this.#process, 65_536);
      if (!bytes) throw new Hangup();
      this.#replies.add(bytes);
    }
  }

  async #print(reply: Reply): Promise<void> {
    await this.#process.print(Buffer.from(`${this.#show(reply)}\n`, "latin1"));
  }

  #isTerminal(descriptor: number): boolean {
    return this.#process.descriptors[descriptor]?.isTerminal === true;
  }
}

const REASONS: { readonly [reason in DialError["reason"]]: string } = {
  refused: "Connection refused",
  timeout: "Connection timed out",
  "no-route": "No route to host",
  lookup: "Name or service not known",
};
