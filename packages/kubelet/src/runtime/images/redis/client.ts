// One client of a Redis server: its connection, and what the server remembers of it.

import type { Connection } from "../../network/connection.ts";
import { bytesFrom } from "../../process/pipe.ts";
import { commands } from "./commands/index.ts";
import type { Keyspace } from "./keyspace.ts";
import { encode, ProtocolError, Refusal, RequestReader, Status, type Reply } from "./resp.ts";
import type { RedisServer } from "./server.ts";

const BEFORE_AUTHENTICATION: ReadonlySet<string> = new Set(["auth", "hello", "quit", "reset"]);
const NEVER_QUEUED: ReadonlySet<string> = new Set([
  "exec",
  "discard",
  "multi",
  "watch",
  "quit",
  "reset",
]);
const WHILE_SUBSCRIBED = /^(?:p?subscribe|p?unsubscribe|ping|quit|reset)$/;
const LONGEST_SHOWN = 128;

export class Client {
  readonly server: RedisServer;
  readonly id: number;
  readonly channels = new Set<string>();
  readonly patterns = new Set<string>();
  /** Keys of WATCH with what they held. */
  readonly watched = new Map<string, string>();
  name = "";
  database = 0;
  isTrusted: boolean;
  /** Set by QUIT: the connection ends after the answer. */
  isLeaving = false;
  /** Commands since MULTI. */
  queue: (readonly string[])[] | undefined;
  readonly #connection: Connection;
  readonly #requests = new RequestReader();

  constructor(server: RedisServer, id: number, connection: Connection) {
    this.server = server;
    this.id = id;
    this.#connection = connection;
    this.isTrusted = server.password === "";
  }

  get keys(): Keyspace {
    return this.server.databases[this.database]!;
  }

  get isGone(): boolean {
    const { incoming, outgoing } = this.#connection;
    return outgoing.isBroken || incoming.isBroken;
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.server.process.now();

  async serve(): Promise<void> {
    const { incoming } = this.#connection;
    try {
      for await (const bytes of bytesFrom(incoming)) {
        this.#requests.add(bytes);
        await this.#answerAll();
        if (this.isLeaving) break;
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.send(new Refusal(`ERR Protocol error: ${error.message}`));
    } finally {
      this.close();
    }
  }

  send(reply: Reply): void {
    if (reply !== undefined) this.#connection.outgoing.put(Buffer.from(encode(reply), "latin1"));
  }

  close(): void {
    this.#connection.outgoing.endWriting();
    this.#connection.incoming.endReading();
  }

  /** `id=3 addr=10.244.1.7:40312 … cmd=client` as CLIENT LIST shows it. */
  description(): string {
    const { local, remote } = this.#connection;
    const subscriptions = `sub=${this.channels.size} psub=${this.patterns.size}`;
    return (
      `id=${this.id} addr=${remote.ip}:${remote.port} laddr=${local.ip}:${local.port} ` +
      `name=${this.name} db=${this.database} ${subscriptions} multi=${this.queue?.length ?? -1} ` +
      "user=default resp=2"
    );
  }

  async #answerAll(): Promise<void> {
    const { outgoing } = this.#connection;
    for (let words; !this.isLeaving && (words = this.#requests.next());) {
      if (words.length === 0) continue;
      if (this.server.paused) await this.server.paused;
      const answer = this.answer(words);
      this.send(answer instanceof Promise ? await answer : answer);
      while (outgoing.isFull && !outgoing.isBroken) await outgoing.changed();
    }
  }

  answer(words: readonly string[]): Reply | Promise<Reply> {
    try {
      const answer = this.#run(words);
      return answer instanceof Promise ? answer.catch(refused) : answer;
    } catch (error) {
      return refused(error);
    }
  }

  #run([word = "", ...args]: readonly string[]): Reply | Promise<Reply> {
    const name = word.toLowerCase();
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw unknown(word, args);
    const count = args.length + 1;
    if (command.arity > 0 ? count !== command.arity : count < -command.arity) {
      throw new Refusal(`ERR wrong number of arguments for '${name}' command`);
    }
    if (!this.isTrusted && !BEFORE_AUTHENTICATION.has(name)) {
      throw new Refusal("NOAUTH Authentication required.");
    }
    if (this.channels.size + this.patterns.size > 0 && !WHILE_SUBSCRIBED.test(name)) {
      throw new Refusal(
        `ERR Can't execute '${name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / ` +
          "RESET are allowed in this context",
      );
    }
    if (this.queue && !NEVER_QUEUED.has(name)) {
      this.queue.push([word, ...args]);
      return new Status("QUEUED");
    }
    this.server.processed++;
    return command.run(this, args);
  }
}

function refused(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

function unknown(word: string, args: readonly string[]): Refusal {
  const shown = args.map((arg) => `'${arg.slice(0, LONGEST_SHOWN)}' `).join("");
  const text = `ERR unknown command '${word.slice(0, LONGEST_SHOWN)}', with args beginning with: `;
  return new Refusal((text + shown).replace(/[\r\n]/g, " "));
}
