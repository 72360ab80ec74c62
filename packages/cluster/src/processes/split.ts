// Every component in a process of its own, all launched at once: each waits for those it needs.

import type { Clock } from "@kubonsai/clock";
import type { Component, RunningComponents } from "./component.ts";
import { Supervisor } from "./supervisor.ts";

export interface SplitOptions {
  /** The folder of bundles: `<name>.js` per component. */
  binaries: string;
  logs: string;
  clock: Clock;
  report: (line: string) => void;
}

/** @throws Error when one does not start; the others are stopped again */
export async function startSplit(
  components: Component[],
  options: SplitOptions,
): Promise<RunningComponents> {
  const supervisors = components.map((component) => new Supervisor(component, options));
  const running: RunningComponents = {
    states: () => supervisors.map((supervisor) => supervisor.state()),
    async stop() {
      for (const supervisor of [...supervisors].reverse()) await supervisor.stop();
    },
  };
  try {
    await Promise.all(
      supervisors.map(async (supervisor) => {
        await supervisor.start();
        options.report(`${supervisor.state().name} is ready`);
      }),
    );
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}
