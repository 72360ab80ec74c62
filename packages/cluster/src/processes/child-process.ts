// One component in a process of its own: options go in by the environment, one message comes back
// when it is ready. The channel is also a lifeline: a child whose parent is gone stops by itself.

import { fork, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@kubonsai/clock";
import type { Component } from "./component.ts";

/** A component under way in a process of its own. */
export interface StartedChild {
  readonly pid: number;
  /** Resolves when the process is gone; kills it when it does not stop by itself. */
  stop(): Promise<void>;
}

/** After this a component that was asked to stop is killed. */
const STOP_TIMEOUT_MS = 3_000;

export interface ChildOptions {
  /** The folder of bundles. */
  binaries: string;
  logs: string;
  clock: Clock;
  /** Aborts when the component is no longer wanted, also before it was ready. */
  signal: AbortSignal;
  /** The process ended, asked or not, after it had been ready. */
  onExit(how: string): void;
}

/** Resolves when the process says that it is ready. @throws Error when it ends before */
export async function startChild(
  component: Component,
  options: ChildOptions,
): Promise<StartedChild> {
  const logFile = join(options.logs, `${component.name}.log`);
  const child = launch(component, options.binaries, logFile);
  const exited = new Promise<string>((resolve) =>
    child.once("exit", (...how) => resolve(text(how))),
  );
  const giveUp = () => child.kill("SIGKILL");
  options.signal.addEventListener("abort", giveUp);
  await readiness(child, exited, `${component.name} did not start (see ${logFile})`);
  options.signal.removeEventListener("abort", giveUp);
  void exited.then(options.onExit);
  return {
    pid: child.pid!,
    async stop() {
      child.kill("SIGTERM");
      const deadline = options.clock.after(STOP_TIMEOUT_MS, () => child.kill("SIGKILL"));
      await exited;
      deadline.cancel();
    },
  };
}

function launch(component: Component, binaries: string, logFile: string): ChildProcess {
  const log = openSync(logFile, "a", 0o600);
  try {
    return fork(join(binaries, `${component.name}.js`), [], {
      env: { ...process.env, KUBONSAI_OPTIONS: JSON.stringify(component.options) },
      stdio: ["ignore", log, log, "ipc"],
      // Ctrl-C reaches the whole process group: the parent alone decides the order of stopping.
      detached: true,
      execArgv: [],
    });
  } finally {
    closeSync(log);
  }
}

function readiness(child: ChildProcess, exited: Promise<string>, failure: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.on("message", (message: { type?: string }) => {
      if (message.type === "ready") resolve();
    });
    void exited.then((how) => reject(new Error(`${failure}: ${how}`)));
  });
}

const text = ([code, signal]: [number | null, NodeJS.Signals | null]) =>
  signal ? `killed by ${signal}` : `exit code ${code}`;
