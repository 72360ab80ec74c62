// The client's door.

export type * from "./client.ts";
export type * from "./component.ts";
export { connectClient } from "./connect-client.ts";
export type * from "./connection.ts";
export { aborted, runControlLoop, type ControlLoop } from "./control-loop.ts";
export { createInformer, type InformerSurroundings } from "./create-informer.ts";
export { createWorkQueue } from "./create-work-queue.ts";
export { microTimestamp, secondsTimestamp } from "./events/core-event.ts";
export type { EventSource, Occurrence } from "./events/core-event.ts";
export { createEventRecorder } from "./events/event-recorder.ts";
export type { EventRecorder, EventRecorderOptions } from "./events/event-recorder.ts";
export { createSchedulerEventRecorder } from "./events/scheduler-event-recorder.ts";
export type {
  ActionOccurrence,
  SchedulerEventRecorder,
  SchedulerEventRecorderOptions,
} from "./events/scheduler-event-recorder.ts";
export type * from "./informer.ts";
export { loadKubeconfig, type KubeconfigQuery } from "./kubeconfig.ts";
export type * from "./logger.ts";
export {
  compareResourceVersions,
  joinKey,
  keyOf,
  referenceTo,
  splitKey,
  type ObjectReference,
} from "./object-key.ts";
export { runComponent, type ProcessSettings } from "./process-entry.ts";
export { UnavailableError } from "./unavailable-error.ts";
export type * from "./work-queue.ts";
