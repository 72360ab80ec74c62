// The client's door.

export type * from "./client.ts";
export type * from "./component.ts";
export type * from "./connection.ts";
export type * from "./informer.ts";
export type * from "./logger.ts";
export type * from "./work-queue.ts";
