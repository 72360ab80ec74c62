// The store's door: a small etcd over LevelDB, and the client that speaks to it or to a real one.

export * from "./contract.ts";
export { connectStore, type StoreClientOptions } from "./client/connect-store.ts";
export type { ClientTls } from "./client/endpoints.ts";
export { restoreSnapshot } from "./database/snapshot.ts";
export { MemoryStore } from "./memory/memory-store.ts";
export { startStore, type RunningStore, type StoreLog, type StoreOptions } from "./start-store.ts";
