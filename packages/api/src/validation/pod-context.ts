// What the checks of a pod's parts need to know of the whole.

import type { Volume } from "../messages/core/v1/volume.ts";

export interface PodContext {
  readonly gracePeriodSeconds?: number;
  /** Volumes without errors, by name. */
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly claimNames: ReadonlySet<string>;
  readonly restartPolicy: string;
  /** True unless the pod has user ids of its own. */
  readonly hostUsers: boolean;
  readonly osName: string | undefined;
  /** False for the template of a controller, which may leave more open. */
  readonly isPod: boolean;
}
