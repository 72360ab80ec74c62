// Lease: whoever renews it must say which state of it they saw.

import type { Behaviour } from "../behaviour.ts";

export const leaseBehaviour = (): Behaviour => ({
  createsOnUpdate: true,
  needsResourceVersion: true,
});
