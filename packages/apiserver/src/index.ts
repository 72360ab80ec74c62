// The door of the API server.

export type * from "./registry/registry.ts";
