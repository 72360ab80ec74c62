// A failure that the user can mend: printed as one sentence, without a stack.

export class UserError extends Error {
  /** @param message what is wrong and what to do about it */
  constructor(message: string) {
    super(message);
    this.name = "UserError";
  }
}

/** The `code` of a system error: `EACCES`, `EADDRINUSE`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
