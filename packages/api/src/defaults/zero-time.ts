// A time that was never set: clients see `null` where Kubernetes keeps the member.

/** Typed as the string that it stands in for, since it is only ever shown. */
export const zeroTime = null as unknown as string;
