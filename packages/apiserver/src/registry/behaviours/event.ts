// Event: a PUT may make one, and the garbage collector has no say in it.

import type { Behaviour } from "../behaviour.ts";

export const eventBehaviour = (): Behaviour => ({
  createsOnUpdate: true,
  ignoresPropagation: true,
});
