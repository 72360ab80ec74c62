// Why a container could not be started: the waiting reason and its message.

export class StartError extends Error {
  /** `ErrImagePull`, `CreateContainerConfigError`, `CrashLoopBackOff` … */
  readonly reason: string;
  /** When it makes sense to try again; absent: as after any error. */
  readonly retryAt?: number;

  constructor(reason: string, message: string, retryAt?: number) {
    super(message);
    this.reason = reason;
    if (retryAt !== undefined) this.retryAt = retryAt;
  }
}
