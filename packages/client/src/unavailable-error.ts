// No answer: the server could not be reached, or the connection broke before the answer was whole.

export class UnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UnavailableError";
  }
}
