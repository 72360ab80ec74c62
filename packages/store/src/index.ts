// The store's door: a small etcd over LevelDB, and the client that speaks to it or to a real one.

export * from "./contract.ts";
