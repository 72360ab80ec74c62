// The scheduler's door.

export { startScheduler } from "./start.ts";
