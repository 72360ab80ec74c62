// Where a paged list goes on: the snapshot's revision and the first key not yet sent.
// The token is Kubernetes' own: base64url of {"v":"meta.k8s.io/v1","rv":7,"start":"default/web\u0000"}.

import { badRequest, StatusError } from "@kubonsai/api";

const VERSION = "meta.k8s.io/v1";

/** A revision of -1 asks for the rest as it is now: the answer to an expired token. */
export const NEWEST = -1;

export interface Continuation {
  revision: number;
  /** A path below the resource's prefix. */
  start: string;
}

export function encodeContinue({ revision, start }: Continuation): string {
  const token = JSON.stringify({ v: VERSION, rv: revision, start });
  return Buffer.from(token).toString("base64url");
}

/** @throws StatusError BadRequest when it is no token of ours */
export function decodeContinue(token: string): Continuation {
  const { v, rv, start } = parse(token);
  if (v !== VERSION) {
    throw malformed(`server does not recognize this encoded version ${String(v)}`);
  }
  if (typeof rv !== "number" || !Number.isSafeInteger(rv) || rv === 0) {
    throw malformed("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
  }
  if (typeof start !== "string" || start === "") {
    throw malformed("encoded start key empty (version meta.k8s.io/v1)");
  }
  if (start.split("/").some((part) => part === "." || part === "..")) throw malformed(start);
  return { revision: rv, start };
}

/** The snapshot is compacted away; the token in it reads on at the newest revision. */
export function continueExpired(start: string): StatusError {
  return new StatusError(
    410,
    "Expired",
    "The provided continue parameter is too old to display a consistent list result. You can " +
      "start a new list without the continue parameter, or use the continue token in this " +
      "response to retrieve the remainder of the results. Continuing with the provided token " +
      "results in an inconsistent list - objects that were created, modified, or deleted between " +
      "the time the first chunk was returned and now may show up in the list.",
    undefined,
    { continue: encodeContinue({ revision: NEWEST, start }) },
  );
}

function parse(token: string): { v?: unknown; rv?: unknown; start?: unknown } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (parsed !== null && typeof parsed === "object") return parsed;
  } catch {
    // said below, as for any other text that is no token
  }
  throw malformed("the token cannot be read");
}

const malformed = (why: string) => badRequest(`continue key is not valid: ${why}`);
