// Time and chance, handed in: the only package that touches the machine's own.

export { holding, type Clock, type Timer } from "./clock.ts";
export { systemClock } from "./system-clock.ts";
export { VirtualClock } from "./virtual-clock.ts";
export { integerBelow, nameSuffix, seededRandom, systemRandom, type Random } from "./random.ts";
