// Puts the store together: database, watches, gateway, socket.

import { chmod, mkdir, rm } from "node:fs/promises";
import type { AddressInfo, Server } from "node:net";
import { dirname } from "node:path";
import type { Clock } from "@kubonsai/clock";
import { createGateway, type ServerTls } from "./gateway/gateway.ts";
import { MultiVersionStore } from "./multi-version/multi-version-store.ts";
import { WatchHub } from "./watch/watch-hub.ts";

/** How often idle watches that asked for it are told how far they are. */
const PROGRESS_PERIOD_MS = 5_000;

export interface StoreLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StoreOptions {
  /** The database's folder: made when missing, one store at a time. */
  directory: string;
  /** The unix socket; its folder is made when missing. */
  socketPath?: string;
  /** Instead of a unix socket; port 0: any. */
  listen?: { host: string; port: number };
  /** With `listen`: only clients with a certificate are let in. */
  tls?: ServerTls;
  clock: Clock;
  log: StoreLog;
  /** Nothing can be written any more: reads go on, a new start may help. */
  onFailed?: () => void;
}

export interface RunningStore {
  /** `unix:/path`, `http://host:port` or `https://host:port` */
  address: string;
  /** Finishes the writes under way and frees folder and socket. */
  stop(): Promise<void>;
}

/** @throws Error with a line for a person when the folder or the address cannot be had */
export async function startStore(options: StoreOptions): Promise<RunningStore> {
  const { directory, clock, log } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const onFailure = (error: unknown) => log.error({ err: error }, "the store failed");
  const store = await MultiVersionStore.open({
    directory,
    onCommitted: (changes, revision) => hub.publish(changes, revision),
    onSetback: (error, what) => log.warn({ err: error }, what),
    onNotice: (message) => log.warn({ directory }, message),
    onFailed(error) {
      onFailure(error);
      options.onFailed?.();
    },
    clock,
  });
  const hub = new WatchHub(store, onFailure);
  const tls = options.socketPath === undefined ? options.tls : undefined;
  const gateway = createGateway({ store, hub, onFailure }, tls);
  const address = await listen(gateway.server, options).catch(async (error: Error) => {
    await store.close();
    throw error;
  });
  const notices = clock.every(PROGRESS_PERIOD_MS, () => hub.notifyProgress());
  log.info({ address, revision: store.revision }, "the store is ready");
  return {
    address,
    async stop() {
      notices.cancel();
      gateway.stopAccepting();
      await store.close();
      await gateway.close();
    },
  };
}

async function listen(server: Server, options: StoreOptions): Promise<string> {
  const { socketPath, listen, tls } = options;
  if (socketPath !== undefined) return listenOnSocket(server, socketPath);
  const { host, port } = listen ?? { host: "127.0.0.1", port: 0 };
  await listening(server, () => server.listen(port, host));
  return `${tls ? "https" : "http"}://${host}:${(server.address() as AddressInfo).port}`;
}

/** The database's lock is ours, so that a socket found here is a dead store's. */
async function listenOnSocket(server: Server, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  await listening(server, () => server.listen(path));
  await chmod(path, 0o700);
  return `unix:${path}`;
}

function listening(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      server.off("error", reject);
      resolve();
    });
    start();
  });
}
