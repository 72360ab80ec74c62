// Every component inside this process, stage by stage: for tests and the smallest clusters.

import type { Component, RunningComponents } from "./component.ts";

/** @throws whatever a component's start throws; those before it are stopped again */
export async function startHere(
  components: Component[],
  report: (line: string) => void,
): Promise<RunningComponents> {
  const started = new Map<Component, { stop(): Promise<void> }>();
  const start = async (component: Component) => {
    started.set(component, await component.startHere());
    report(`${component.name} is ready`);
  };
  const stop = async () => {
    for (const component of [...components].reverse()) await started.get(component)?.stop();
  };
  try {
    for (const stage of stagesOf(components)) await allSettled(stage.map(start));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    states: () =>
      components.map(({ name }) => ({ name, pid: process.pid, state: "ready", restarts: 0 })),
    stop,
  };
}

function stagesOf(components: Component[]): Component[][] {
  const stages = new Set(components.map(({ stage }) => stage));
  return [...stages].map((stage) => components.filter((component) => component.stage === stage));
}

/** Waits for all, so that what did start can be stopped. @throws the first failure */
async function allSettled(work: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
