// The vocabulary: kinds and their schemas, metadata, selectors, quantities, patches, errors. Pure.

export * from "./errors/field-error.ts";
export * from "./errors/status-error.ts";
export * from "./kind.ts";
export * from "./metadata/object-meta.ts";
export type * from "./schema/schema.ts";
