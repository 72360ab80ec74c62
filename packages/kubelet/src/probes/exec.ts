// exec: a command that ends with 0 is a success.
// @see kubernetes pkg/probe/exec/exec.go

import type { ExecAction } from "@kubonsai/api";
import { expand } from "../environment/expansion.ts";
import { execInContainer } from "../hooks/exec.ts";
import { quoted } from "../text/describe.ts";
import { goDuration } from "../text/go-duration.ts";
import type { Attempt } from "./handlers.ts";
import { failure, success, type Outcome } from "./outcome.ts";

/** @throws ExecError when the command cannot be started: no verdict on the container */
export async function probeExec(action: ExecAction, attempt: Attempt): Promise<Outcome> {
  const { node, container, containerId, timeoutMs } = attempt;
  // only values written into the spec are known here, not those from elsewhere
  const values = new Map((container.env ?? []).map(({ name, value }) => [name, value]));
  const command = (action.command ?? []).map((word) => expand(word, (name) => values.get(name)));
  const timeout = new AbortController();
  const timer = node.clock.after(timeoutMs, () => timeout.abort());
  const overdue = new Promise<undefined>((resolve) =>
    timeout.signal.addEventListener("abort", () => resolve(undefined)),
  );
  const { signal } = timeout;
  const run = execInContainer(node.runtime, containerId, { command, signal });
  try {
    const ended = await Promise.race([run, overdue]);
    if (ended) return ended.exitCode === 0 ? success : failure(ended.output);
    run.catch(() => undefined); // its end is of no more interest
    const words = quoted(command.join(" "));
    return failure(`command timed out: ${words} timed out after ${goDuration(timeoutMs)}`);
  } finally {
    timer.cancel();
  }
}
