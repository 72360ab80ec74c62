// What the gateway stands before.

import type { MultiVersionStore } from "../multi-version/multi-version-store.ts";
import type { WatchHub } from "../watch/watch-hub.ts";

export interface GatewayParts {
  store: MultiVersionStore;
  hub: WatchHub;
  /** A request met what should not happen. */
  onFailure: (error: unknown) => void;
}
