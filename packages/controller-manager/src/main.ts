// The controller manager as a process of its own.

import { runComponent } from "@kubonsai/client";
import { startControllerManager } from "./start.ts";

await runComponent("kube-controller-manager", (options) =>
  startControllerManager({ ...options, rootCa: options.connection.ca }),
);
