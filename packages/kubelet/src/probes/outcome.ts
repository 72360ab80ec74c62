// What one attempt of a probe told.

export type Outcome =
  | { result: "success" }
  /** A success that deserves a word: a redirect to another host. */
  | { result: "warning"; output: string }
  | { result: "failure"; output: string };

export const success: Outcome = { result: "success" };
export const failure = (output: string): Outcome => ({ result: "failure", output });
