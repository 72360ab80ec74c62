// The controller manager's door.

export { startControllerManager, type ControllerManagerOptions } from "./start.ts";
