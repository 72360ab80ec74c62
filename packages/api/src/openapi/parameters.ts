// The query parameters of the verbs. kubectl reads them to learn what the server understands.

export interface Parameter {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean";
  readonly description: string;
}

const parameter =
  (type: Parameter["type"]) =>
  (name: string, description: string): Parameter => ({ name, type, description });
const text = parameter("string");
const number = parameter("integer");
const flag = parameter("boolean");

const dryRun = text("dryRun", "`All`: do everything but store the outcome.");
const fieldManager = text("fieldManager", "Who makes the change, for `metadata.managedFields`.");
const fieldValidation = text(
  "fieldValidation",
  "What to do about unknown and duplicate fields: `Ignore`, `Warn` or `Strict`.",
);

export const pretty = text("pretty", "`true`: lay the answer out for people.");

export const createParameters: readonly Parameter[] = [dryRun, fieldManager, fieldValidation];

export const patchParameters: readonly Parameter[] = [
  ...createParameters,
  flag("force", "Apply only: take over fields that others manage."),
];

export const deleteParameters: readonly Parameter[] = [
  dryRun,
  number("gracePeriodSeconds", "How long the object may take to end; 0 is at once."),
  flag(
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "Delete even what can no longer be read.",
  ),
  flag("orphanDependents", "Deprecated: see propagationPolicy."),
  text("propagationPolicy", "What becomes of dependents: `Orphan`, `Background` or `Foreground`."),
];

export const listParameters: readonly Parameter[] = [
  flag("allowWatchBookmarks", "Send BOOKMARK events to a watch."),
  text("continue", "Where the previous part of the list ended."),
  text("fieldSelector", "Only objects whose fields match."),
  text("labelSelector", "Only objects whose labels match."),
  number("limit", "At most so many objects; the answer tells how to continue."),
  text("resourceVersion", "How recent the answer must be, or where the watch begins."),
  text("resourceVersionMatch", "How `resourceVersion` is meant: `Exact` or `NotOlderThan`."),
  flag("sendInitialEvents", "Begin a watch with what there is."),
  number("timeoutSeconds", "End after so long."),
  flag("watch", "Send changes as they happen instead of a list."),
];

export const pathParameterDescriptions: { readonly [name: string]: string } = {
  name: "name of the object",
  namespace: "namespace of the object",
};
