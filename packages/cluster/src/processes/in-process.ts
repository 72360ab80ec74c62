// Every component inside this process, one after the other: for tests and the smallest clusters.

import type { Component, RunningComponents } from "./component.ts";

/** @throws whatever a component's start throws; those before it are stopped again */
export async function startHere(
  components: Component[],
  report: (line: string) => void,
): Promise<RunningComponents> {
  const started: { name: string; stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const { stop } of started.reverse()) await stop();
  };
  try {
    for (const component of components) {
      const handle = await component.startHere();
      started.push({ name: component.name, stop: () => handle.stop() });
      report(`${component.name} is ready`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    states: () =>
      started.map(({ name }) => ({ name, pid: process.pid, state: "ready", restarts: 0 })),
    stop,
  };
}
