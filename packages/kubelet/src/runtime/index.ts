// The simulated machine's door: everything the kubelet around it needs.

export { createNetwork, type ClusterNetwork } from "./network/create-network.ts";
export { createNodeRuntime, type NodeRuntimeOptions } from "./node-runtime.ts";
export { DialError, type HttpRequest, type HttpResponse, type Network } from "./network/network.ts";
export type { Address } from "./network/connection.ts";
export type { ServiceTable } from "./network/services.ts";
export type { Directory, Entry, File, Metadata, Symlink } from "./file-system/file-system.ts";
export { MemoryDirectory, MemoryFile, MemorySymlink, metadata } from "./file-system/memory.ts";
export * from "./runtime.ts";
