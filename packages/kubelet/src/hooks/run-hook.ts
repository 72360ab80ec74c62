// Lifecycle hooks: what a container asks to be done after its start and before its stop.
// @see kubernetes pkg/kubelet/lifecycle/handlers.go

import type { Container, LifecycleHandler, Pod } from "@kubonsai/api";
import type { NodeContext } from "../pods/node-context.ts";
import { describePod, errorText, quoted, sliceText } from "../text/describe.ts";
import { execInContainer } from "./exec.ts";
import { httpActionRequest, urlOf } from "./http-request.ts";

/** How long a hook's HTTP server may think. */
const HTTP_TIMEOUT_MS = 15_000;

export interface HookTarget {
  pod: Pod;
  container: Container;
  containerId: string;
  podIP: string;
}

/** @throws Error whose message is what the container's waiting message says */
export async function runHook(
  node: NodeContext,
  handler: LifecycleHandler,
  target: HookTarget,
): Promise<void> {
  if (handler.exec) return runExec(node, handler.exec.command ?? [], target);
  if (handler.httpGet) return runHttp(node, handler.httpGet, target);
  if (handler.sleep) return node.clock.sleep(handler.sleep.seconds * 1000);
  throw new Error(`Cannot run handler: invalid handler: ${JSON.stringify(handler)}`);
}

const subject = ({ pod, container }: HookTarget) =>
  `for Container ${quoted(container.name)} in Pod ${quoted(describePod(pod))}`;

async function runExec(node: NodeContext, command: string[], target: HookTarget): Promise<void> {
  const failed = `Exec lifecycle hook (${sliceText(command)}) ${subject(target)} failed`;
  const fail = (error: string, output: string) =>
    new Error(`${failed} - error: ${error}, message: ${quoted(output)}`);
  let result;
  try {
    result = await execInContainer(node.runtime, target.containerId, { command });
  } catch (error) {
    throw fail(errorText(error), "");
  }
  const { exitCode, output } = result;
  if (exitCode === 0) return;
  const words = command.join(" ");
  throw fail(`command '${words}' exited with ${exitCode}: ${output}`, output);
}

/** Any answer is a success, whatever its status. */
async function runHttp(
  node: NodeContext,
  action: NonNullable<LifecycleHandler["httpGet"]>,
  target: HookTarget,
): Promise<void> {
  const { container, podIP } = target;
  try {
    const request = httpActionRequest(action, {
      container,
      podIP,
      timeoutMs: HTTP_TIMEOUT_MS,
      userAgent: "kube-lifecycle/1.36",
    });
    try {
      await node.network.http(request);
    } catch (error) {
      if (!isPlainAnswer(error)) throw error;
      await node.network.http({ ...request, tls: false });
      const message =
        `request to HTTPS lifecycle hook ${new URL(urlOf(request)).host} ` +
        "got HTTP response, retry with HTTP succeeded";
      node.events.record(target.pod, { type: "Warning", reason: "LifecycleHTTPFallback", message });
    }
  } catch (error) {
    const failed = `HTTP lifecycle hook (${action.path}) ${subject(target)} failed`;
    throw new Error(`${failed} - error: ${errorText(error)}`);
  }
}

const isPlainAnswer = (error: unknown) =>
  errorText(error).includes("server gave HTTP response to HTTPS client");
