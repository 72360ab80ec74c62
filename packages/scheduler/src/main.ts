// The scheduler as a process of its own.

import { runComponent } from "@kubonsai/client";
import { startScheduler } from "./start.ts";

await runComponent("kube-scheduler", (options) => startScheduler(options));
