// Endpoints: a PUT may make them.

import type { Behaviour } from "../behaviour.ts";

export const endpointsBehaviour = (): Behaviour => ({ createsOnUpdate: true });
