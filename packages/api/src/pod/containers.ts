// A pod's containers: which are sidecars, and all of them with their field paths.

import type { Container, EphemeralContainer } from "../messages/core/v1/container.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";

/** An init container that keeps running beside the main containers. */
export const isSidecar = (container: Pick<Container, "restartPolicy">): boolean =>
  container.restartPolicy === "Always";

export interface PlacedContainer {
  readonly container: Container | EphemeralContainer;
  /** `containers[0]`, `initContainers[1]`, `ephemeralContainers[0]` */
  readonly path: string;
}

/** Init, main and ephemeral containers, in this order. */
export function allContainers(spec: PodSpec): PlacedContainer[] {
  return (["initContainers", "containers", "ephemeralContainers"] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, i) => ({ container, path: `${list}[${i}]` })),
  );
}
