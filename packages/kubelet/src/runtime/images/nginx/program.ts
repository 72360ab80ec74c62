// The nginx program: options, listeners, logs, signals. Idle, it is one wait for a signal.

import { ErrnoError } from "../../file-system/errno.ts";
import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import type { OpenFile } from "../../process/open-file.ts";
import { openPath } from "../../process/open-entry.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { parseSignal, signalNumber, type Signal } from "../../process/signals.ts";
import { answerRequest } from "./answer.ts";
import type { Serving } from "./answers.ts";
import { ConfigurationError, lookUp } from "./configuration.ts";
import { readOptions, type NginxOptions } from "./options.ts";
import { loadSite, versionOf } from "./load.ts";
import { accessLine, errorLine, noticeLine, startNotices } from "./log-lines.ts";
import { chooseServer, portsOf, type Site } from "./site.ts";

const CAUGHT: readonly Signal[] = ["SIGQUIT", "SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1"];
const MEMORY_BYTES = 7 * 1024 * 1024;

export const nginx: Program = async (process) => {
  const options = readOptions(process.argv);
  const version = versionOf(process);
  try {
    if (options.action) return await act(process, options, version);
    return await serve(process, options, version);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    await process.complain(`nginx: [emerg] ${error.message}\n`);
    if (options.action === "test") {
      await process.complain(`nginx: configuration file ${options.file} test failed\n`);
    }
    return 1;
  }
};

async function act(process: Process, options: NginxOptions, version: string): Promise<number> {
  switch (options.action) {
    case "version":
      await process.complain(`nginx version: ${version}\n`);
      return 0;
    case "test":
      loadSite(process, options);
      await process.complain(
        `nginx: the configuration file ${options.file} syntax is ok\n` +
          `nginx: configuration file ${options.file} test is successful\n`,
      );
      return 0;
    case "signal":
      return signalMaster(process, options.signal);
    default:
      await process.complain(`nginx: invalid option: "${options.invalid}"\n`);
      return 1;
  }
}

const SIGNALS: { readonly [name: string]: string } = {
  stop: "SIGTERM",
  quit: "SIGQUIT",
  reload: "SIGHUP",
  reopen: "SIGUSR1",
};

async function signalMaster(process: Process, name: string): Promise<number> {
  const master = process.world.processes
    .list()
    .find((other) => other.name === "nginx" && other !== process);
  const signal = parseSignal(SIGNALS[name] ?? "");
  if (!signal) {
    await process.complain(`nginx: invalid option: "-s ${name}"\n`);
    return 1;
  }
  if (!master) {
    await process.complain(
      'nginx: [error] open() "/var/run/nginx.pid" failed (2: No such file or directory)\n',
    );
    return 1;
  }
  process.kill(master, signal);
  return 0;
}

async function serve(process: Process, options: NginxOptions, version: string): Promise<number> {
  const { site, main } = loadSite(process, options);
  const isDaemon = lookUp("daemon", options.globals, main)?.[0] !== "off";
  if (isDaemon) {
    process.fork((self) => new Master(self, options, version).run(site), { group: 0 });
    return 0;
  }
  return new Master(process, options, version).run(site);
}

class Master {
  readonly #process: Process;
  readonly #options: NginxOptions;
  readonly #version: string;
  readonly #accessLog: OpenFile;
  readonly #errorLog: OpenFile;
  #site: Site | undefined;
  #close: (() => void)[] = [];
  #requests = 0;

  constructor(process: Process, options: NginxOptions, version: string) {
    this.#process = process;
    this.#options = options;
    this.#version = version;
    process.memoryBytes = MEMORY_BYTES;
    process.world.memoryGrew();
    process.demandAlive();
    this.#accessLog = openLog(process, "/var/log/nginx/access.log");
    this.#errorLog = openLog(process, "/var/log/nginx/error.log");
  }

  async run(site: Site): Promise<number> {
    const process = this.#process;
    process.onEnd(() => this.#closeAll());
    this.#listen(site);
    const now = process.world.clock.now();
    await this.#errorLog.write(process, startNotices(this.#version, now, process.pid));
    for (;;) {
      const signal = await process.nextSignal(CAUGHT);
      if (signal === "SIGUSR1") continue;
      this.#notice(`signal ${signalNumber(signal)} (${signal}) received, ${purpose(signal)}`);
      if (signal !== "SIGHUP") break;
      this.#reload();
    }
    this.#closeAll();
    this.#notice("exit");
    return 0;
  }

  #reload(): void {
    try {
      const { site } = loadSite(this.#process, this.#options);
      this.#closeAll();
      this.#listen(site);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.#notice(error.message);
    }
  }

  #listen(site: Site): void {
    this.#site = site;
    for (const port of portsOf(site)) {
      const listener = {
        port,
        isLoopbackOnly: false,
        http: (request: IncomingRequest) => this.#answer(port, request),
      };
      this.#close.push(this.#bind(port, () => this.#process.world.network.listen(listener)));
    }
  }

  #bind(port: number, listen: () => () => void): () => void {
    try {
      return listen();
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      throw new ConfigurationError(`bind() to 0.0.0.0:${port} failed (98: ${error.message})`);
    }
  }

  async #answer(port: number, request: IncomingRequest): Promise<HttpAnswer> {
    const process = this.#process;
    const site = this.#site!;
    this.#requests++;
    const answer = await answerRequest(this.#serving(port, site), request);
    await this.#accessLog.write(
      process,
      Buffer.from(accessLine(request, answer, process.world.clock.now())),
    );
    return answer;
  }

  #serving(port: number, site: Site): Serving {
    const process = this.#process;
    return {
      process,
      site,
      version: this.#version,
      port,
      complain: (text, request) => {
        const server = chooseServer(site, port, request.headers["host"] ?? "")?.names[0] ?? "";
        const where = { nowMs: process.world.clock.now(), pid: process.pid, server };
        const line = errorLine(request, text, { ...where, count: this.#requests });
        void this.#errorLog.write(process, Buffer.from(line));
      },
    };
  }

  #notice(text: string): void {
    const process = this.#process;
    const line = noticeLine(text, process.world.clock.now(), process.pid);
    void this.#errorLog.write(process, Buffer.from(line));
  }

  #closeAll(): void {
    for (const close of this.#close.splice(0)) close();
  }
}

function purpose(signal: string): string {
  if (signal === "SIGQUIT") return "shutting down";
  return signal === "SIGHUP" ? "reconfiguring" : "exiting";
}

/** In the image these are links to standard output and error. */
function openLog(process: Process, path: string): OpenFile {
  try {
    return openPath(process, path, "append");
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    throw new ConfigurationError(`open() "${path}" failed (13: ${error.message})`);
  }
}
