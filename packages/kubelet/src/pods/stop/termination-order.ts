// Sidecars outlive the containers they serve: they stop after those, the last declared first.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_termination_order.go

import { isSidecar, type Pod } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";

export class TerminationOrder {
  readonly #clock: Clock;
  readonly #running: Set<string>;
  /** For each sidecar: who must have ended before its turn. */
  readonly #before = new Map<string, string[]>();
  readonly #waiters = new Set<() => void>();

  constructor(pod: Pod, running: readonly string[], clock: Clock) {
    this.#clock = clock;
    this.#running = new Set(running);
    const regular = pod.spec.containers.map(({ name }) => name);
    let later: string[] = [];
    for (const { name } of [...(pod.spec.initContainers ?? [])].filter(isSidecar).reverse()) {
      this.#before.set(name, [...regular, ...later]);
      later = [name];
    }
  }

  /** @returns the whole seconds waited, at most `graceSeconds` */
  async waitForTurn(name: string, graceSeconds: number): Promise<number> {
    const startedAt = this.#clock.now();
    const expired = new AbortController();
    let isExpired = false;
    const deadline = this.#clock.sleep(graceSeconds * 1000, expired.signal).then(() => {
      isExpired = true;
    });
    while (!isExpired && this.#isBlocked(name)) await Promise.race([deadline, this.#nextEnd()]);
    expired.abort();
    return Math.floor((this.#clock.now() - startedAt) / 1000);
  }

  ended(name: string): void {
    this.#running.delete(name);
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
  }

  #isBlocked(name: string): boolean {
    return (this.#before.get(name) ?? []).some((other) => this.#running.has(other));
  }

  #nextEnd(): Promise<void> {
    return new Promise((resolve) => this.#waiters.add(resolve));
  }
}
