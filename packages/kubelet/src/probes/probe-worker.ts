// One probe of one container: asks at its times, counts, and says when the verdict changes.
// @see kubernetes pkg/kubelet/prober/worker.go

import { isSidecar, type Container, type ContainerStatus, type Probe } from "@kubonsai/api";
import type { ProbeResult } from "../pods/pod-actions.ts";
import { restartsAfterExit } from "../pods/restart-policy.ts";
import { isTerminalPhase } from "../pods/status/phase.ts";
import { errorText } from "../text/describe.ts";
import { probeOnce } from "./handlers.ts";
import type { Outcome } from "./outcome.ts";
import { ProbeTimer } from "./probe-timer.ts";
import { probeOf, type PodUnderProbe, type ProbeType } from "./probe-target.ts";

const MOST_TRIES = 3;

const INITIAL: { [type in ProbeType]: ProbeResult } = {
  readiness: "failure",
  liveness: "success",
  startup: "unknown",
};

export interface ProbeWorkerOptions {
  target: PodUnderProbe;
  container: Container;
  type: ProbeType;
  /** Called for every verdict, also for one that is the same as before. */
  publish(containerId: string, result: ProbeResult): void;
  /** The container is replaced or its pod is gone: the verdict is void. */
  withdraw(containerId: string): void;
}

export class ProbeWorker {
  readonly #options: ProbeWorkerOptions;
  readonly #probe: Probe;
  readonly #timer: ProbeTimer;
  #containerId = "";
  #onHold = false;
  #last: "success" | "failure" | undefined;
  #run = 0;
  #isBusy = false;
  #isWanted = false;
  #isStopped = false;

  constructor(options: ProbeWorkerOptions) {
    this.#options = options;
    this.#probe = probeOf(options.container, options.type)!;
    const periodMs = (this.#probe.periodSeconds || 10) * 1000;
    this.#timer = new ProbeTimer(options.target.node.clock, periodMs, () => this.#tick());
  }

  get periodMs(): number {
    return (this.#probe.periodSeconds || 10) * 1000;
  }

  start(delayMs: number): void {
    this.#timer.start(delayMs);
  }

  /** Probes now; the next tick is a whole period away. */
  trigger(): void {
    if (this.#isStopped) return;
    this.#timer.restart();
    this.#tick();
  }

  /** Its last verdict stays until `withdraw`. */
  stop(): void {
    this.#isStopped = true;
    this.#timer.stop();
  }

  withdraw(): void {
    if (this.#containerId !== "") this.#options.withdraw(this.#containerId);
  }

  /** One probe at a time; what comes meanwhile is one more. */
  #tick(): void {
    this.#isWanted = true;
    if (this.#isBusy || this.#isStopped) return;
    this.#isBusy = true;
    void this.#work();
  }

  async #work(): Promise<void> {
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false;
      if (!(await this.#step())) this.stop();
    }
    this.#isBusy = false;
  }

  /** @returns whether to go on */
  async #step(): Promise<boolean> {
    const { target, container } = this.#options;
    const status = target.status();
    if (!status) return true;
    if (isTerminalPhase(status.phase)) return false;
    const statuses = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
    const current = statuses.find(({ name }) => name === container.name);
    if (!current?.containerID) return true;
    this.#follow(current.containerID.replace(/^.*:\/\//, ""));
    if (this.#onHold) return true;
    if (!current.state?.running) return this.#notRunning(current);
    if (!this.#isDue(current)) return true;
    await this.#attempt(status.podIP ?? "");
    return true;
  }

  /** Another instance of the container: everything begins anew. */
  #follow(containerId: string): void {
    if (containerId === this.#containerId) return;
    const { publish, withdraw, type } = this.#options;
    if (this.#containerId !== "") withdraw(this.#containerId);
    this.#containerId = containerId;
    this.#onHold = false;
    publish(containerId, INITIAL[type]);
  }

  #notRunning({ state }: ContainerStatus): boolean {
    const { target, container, publish } = this.#options;
    publish(this.#containerId, "failure");
    if (!state?.terminated) return true;
    const { exitCode } = state.terminated;
    return isSidecar(container) || restartsAfterExit(container, target.current().spec, exitCode);
  }

  #isDue({ state, started }: ContainerStatus): boolean {
    const { target, type } = this.#options;
    const startedAt = Date.parse(state?.running?.startedAt ?? "");
    const elapsedSeconds = Math.floor((target.node.clock.now() - startedAt) / 1000);
    if (elapsedSeconds < (this.#probe.initialDelaySeconds ?? 0)) return false;
    return type === "startup" ? !started : started === true;
  }

  async #attempt(podIP: string): Promise<void> {
    const containerId = this.#containerId;
    const outcome = await this.#ask(podIP);
    if (!outcome || this.#isStopped || containerId !== this.#containerId) return;
    const result = outcome.result === "failure" ? "failure" : "success";
    this.#run = this.#last === result ? this.#run + 1 : 1;
    this.#last = result;
    const { failureThreshold = 3, successThreshold = 1 } = this.#probe;
    if (this.#run < (result === "failure" ? failureThreshold : successThreshold)) return;
    const { type, publish } = this.#options;
    if (type === "startup" || (type === "liveness" && result === "failure")) {
      this.#onHold = true;
      this.#run = 0;
    }
    publish(containerId, result);
  }

  /** @returns undefined when nothing could be learnt */
  async #ask(podIP: string): Promise<Outcome | undefined> {
    const { target, container } = this.#options;
    const timeoutMs = (this.#probe.timeoutSeconds || 1) * 1000;
    const { node } = target;
    const attempt = { node, container, containerId: this.#containerId, podIP, timeoutMs };
    let error: unknown;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      try {
        const outcome = await probeOnce(this.#probe, attempt);
        this.#report(outcome);
        return outcome;
      } catch (thrown) {
        error = thrown;
      }
    }
    const why = `probe errored and resulted in unknown state: ${errorText(error)}`;
    if (!this.#isStopped) this.#record("Unhealthy", why);
    return undefined;
  }

  #report(outcome: Outcome): void {
    if (outcome.result === "success" || this.#isStopped) return;
    if (outcome.result === "warning")
      this.#record("ProbeWarning", `probe warning: ${outcome.output}`);
    else this.#record("Unhealthy", `probe failed: ${outcome.output}`);
  }

  #record(reason: string, text: string): void {
    const { target, container, type } = this.#options;
    const message = `${type[0]!.toUpperCase()}${type.slice(1)} ${text}`;
    target.node.events.record(target.current(), { type: "Warning", reason, message, container });
  }
}
