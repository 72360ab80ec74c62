// redis-server: listens, serves clients, says in its log what it does, saves when it ends.

import { ErrnoError } from "../../file-system/errno.ts";
import type { Connection } from "../../network/connection.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { Client } from "./client.ts";
import { commands } from "./commands/index.ts";
import { Keyspace } from "./keyspace.ts";
import { LATEST_REDIS } from "./versions.ts";
import { logLine } from "./log-line.ts";
import { OK, type Reply } from "./resp.ts";
import { readSettings, type Settings } from "./settings.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

const MEMORY_BYTES = 9 * 1024 * 1024;
const VERSION = /(?:^|\0)REDIS_VERSION=([^\0]*)/;

interface Waiting {
  client: Client;
  attempt(): Reply;
  resolve(reply: Reply): void;
}

export const redisServer: Program = async (process) => {
  const version = VERSION.exec(process.world.environment)?.[1] ?? LATEST_REDIS;
  if (/^(?:-v|--version)$/.test(process.argv[1] ?? "")) {
    await process.print(
      `Redis server v=${version} sha=00000000:1 malloc=jemalloc-5.3.0 bits=64 build=6c05b8f4a1d2e3f7\n`,
    );
    return 0;
  }
  const settings = settingsOf(process);
  if (!settings) return 1;
  if (settings.get("daemonize") === "yes") {
    process.fork((self) => new RedisServer(self, version, settings).run(), { group: 0 });
    return 0;
  }
  return new RedisServer(process, version, settings).run();
};

function settingsOf(process: Process): Settings | undefined {
  try {
    return readSettings(process);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const text = `Fatal error, can't open config file '${process.argv[1]}': ${error.message}`;
    void process.print(logLine(process, "C", `# ${text}`));
    return undefined;
  }
}

export class RedisServer {
  readonly process: Process;
  readonly version: string;
  readonly settings: Settings;
  readonly databases: readonly Keyspace[];
  readonly clients = new Set<Client>();
  readonly runId: string;
  readonly startedMs: number;
  readonly commandCount = Object.keys(commands).length;
  /** Commands carried out, and connections taken, so far. */
  processed = 0;
  connected = 0;
  savedMs: number;
  /** Set while DEBUG SLEEP keeps everyone waiting. */
  paused: Promise<void> | undefined;
  readonly #waiting = new Set<Waiting>();
  #end: (() => void) | undefined;

  constructor(process: Process, version: string, settings: Settings) {
    this.process = process;
    this.version = version;
    this.settings = settings;
    const count = Number(settings.get("databases")) || 16;
    this.databases = Array.from({ length: count }, () => new Keyspace(() => process.now()));
    this.startedMs = this.savedMs = process.now();
    this.runId = Buffer.from(process.world.random.bytes(20)).toString("hex");
    process.memoryBytes = MEMORY_BYTES;
    process.world.memoryGrew();
  }

  get port(): number {
    return Number(this.settings.get("port"));
  }

  get password(): string {
    return this.settings.get("requirepass") ?? "";
  }

  async run(): Promise<number> {
    const { process } = this;
    process.demandAlive();
    process.onEnd(() => this.#closeAll());
    this.#greet();
    if (!this.#listen()) return 1;
    this.#load();
    this.#log(`* Ready to accept connections${this.#isModern ? " tcp" : ""}`);
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.handle(signal, () => {
        const seconds = Math.floor(process.now() / 1000);
        const text = `Received ${signal} scheduling shutdown...`;
        void process.print(`${process.pid}:signal-handler (${seconds}) ${text}\n`);
        this.shutDown(true);
      });
    }
    await process.block<void>((resolve) => void (this.#end = resolve));
    return 0;
  }

  /** Ends the server, after a last snapshot when it is asked for and snapshots are on. */
  shutDown(isSaving: boolean): void {
    if (!this.#end) return;
    this.#log("* User requested shutdown...");
    if (isSaving && this.settings.get("save") !== "") {
      this.#log("* Saving the final RDB snapshot before exiting.");
      this.save();
      this.#log("* DB saved on disk");
    }
    this.#log(`${this.#isModern ? "*" : "#"} Redis is now ready to exit, bye bye...`);
    this.#closeAll();
    // clients see their connection end before the end of the first process takes them along
    setImmediate(this.#end);
    this.#end = undefined;
  }

  /** A folder that cannot be written to is told in the log. */
  save(): void {
    try {
      this.process.files.create(this.#snapshotPath).write(writeSnapshot(this.databases));
      this.savedMs = this.process.now();
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      this.#log(`# Failed opening the temp RDB file for saving: ${error.message}`);
    }
  }

  /** Nobody is answered meanwhile. */
  async pause(ms: number): Promise<Reply> {
    this.paused = this.process.sleep(ms);
    await this.paused;
    this.paused = undefined;
    return OK;
  }

  /** A list has got an element: whoever waits for one may look again, in the order of waiting. */
  changed(): void {
    for (const waiting of this.#waiting) {
      const reply = waiting.client.isGone ? undefined : waiting.attempt();
      if (reply === null) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(reply);
    }
  }

  /** Tries until there is a reply; null after `seconds` (0: never). */
  until(client: Client, attempt: () => Reply, seconds: number): Promise<Reply> {
    const first = attempt();
    if (first !== null) return Promise.resolve(first);
    return new Promise((resolve) => {
      const waiting: Waiting = { client, attempt, resolve };
      this.#waiting.add(waiting);
      if (seconds <= 0) return;
      this.process.world.clock.after(seconds * 1000, () => {
        if (this.#waiting.delete(waiting)) resolve(null);
      });
    });
  }

  #greet(): void {
    const { process, version } = this;
    const mark = this.#isModern ? "*" : "#";
    const lines = [
      `${mark} oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
      `${mark} Redis version=${version}, bits=64, commit=00000000, modified=1, pid=${process.pid}, just started`,
      process.argv.length > 1
        ? `${mark} Configuration loaded`
        : "# Warning: no config file specified, using the default config. In order to specify " +
          "a config file use redis-server /path/to/redis.conf",
    ];
    void process.print(lines.map((line) => logLine(process, "C", line)).join(""));
    this.#log("* monotonic clock: POSIX clock_gettime");
  }

  #listen(): boolean {
    const { process, port } = this;
    const accept = (connection: Connection) => this.#accept(connection);
    try {
      const isLoopbackOnly = /^127\./.test(this.settings.get("bind") ?? "");
      process.onEnd(process.world.network.listen({ port, isLoopbackOnly, accept }));
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      const text = `Could not create server TCP listening socket *:${port}: bind: ${error.message}`;
      this.#log(`# Warning: ${text}`);
      this.#log(`# Failed listening on port ${port} (tcp), aborting.`);
      return false;
    }
    this.#log(`* Running mode=standalone, port=${port}.`);
    this.#log(`${this.#isModern ? "*" : "#"} Server initialized`);
    return true;
  }

  #load(): void {
    const { files } = this.process;
    if (files.find(this.#snapshotPath)?.kind !== "file") return;
    const isRead = readSnapshot(files.read(this.#snapshotPath), this.databases);
    if (isRead) this.#log("* DB loaded from disk: 0.000 seconds");
    else this.#log("# Wrong signature trying to load DB from file");
  }

  #accept(connection: Connection): void {
    const client = new Client(this, ++this.connected, connection);
    this.clients.add(client);
    void client.serve().finally(() => this.clients.delete(client));
  }

  #closeAll(): void {
    for (const client of this.clients) client.close();
    for (const { resolve } of this.#waiting) resolve(undefined);
    this.#waiting.clear();
  }

  #log(text: string): void {
    void this.process.print(logLine(this.process, "M", text));
  }

  /** From 7.2 on the log has fewer warnings. */
  get #isModern(): boolean {
    const [major = 0, minor = 0] = this.version.split(".").map(Number);
    return major > 7 || (major === 7 && minor >= 2);
  }

  get #snapshotPath(): string {
    const dir = this.settings.get("dir") ?? ".";
    const folder = dir === "." ? this.process.cwd : dir;
    return `${folder.replace(/\/$/, "")}/${this.settings.get("dbfilename")}`;
  }
}
