// How an object should go: DeleteOptions in the body, or the same words in the query.

import {
  badRequest,
  deleteOptionsMessage,
  invalid,
  notSupported,
  type FieldError,
} from "@kubonsai/api";
import type { Call } from "../call.ts";
import { readBody } from "../limits/body.ts";
import type { DeleteOptions } from "../registry/registry.ts";
import { decodeMessage } from "./decode.ts";
import { integerOf } from "./list-options.ts";
import { booleanOf } from "./request-info.ts";
import { checkOptions, dryRunErrors, writeOptionsOf } from "./write-options.ts";

const POLICIES = ["Foreground", "Background", "Orphan"];

interface Asked {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  orphanDependents?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

/** @throws BadRequest, Invalid */
export async function deleteOptionsOf(call: Call): Promise<DeleteOptions> {
  const body = await readBody(call.request);
  const asked = body.length > 0 ? fromBody(call, body) : fromQuery(call.query);
  checkOptions("DeleteOptions", errorsOf(asked));
  const { gracePeriodSeconds, preconditions } = asked;
  const propagationPolicy = policyOf(asked);
  return {
    ...writeOptionsOf(call, "DeleteOptions"),
    dryRun: (asked.dryRun ?? []).length > 0,
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    ...(preconditions === undefined ? {} : { preconditions }),
  };
}

function fromBody(call: Call, body: Buffer): Asked {
  const options = decodeMessage(call, body, deleteOptionsMessage) as Asked & { kind?: string };
  const { kind } = options;
  if (kind !== undefined && kind !== "" && kind !== "DeleteOptions") {
    throw badRequest("decoded object cannot be converted to DeleteOptions");
  }
  return options;
}

function fromQuery(query: URLSearchParams): Asked {
  const gracePeriodSeconds = integerOf(query, "gracePeriodSeconds");
  const propagationPolicy = query.get("propagationPolicy");
  return {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(propagationPolicy === null ? {} : { propagationPolicy }),
    ...(query.has("orphanDependents")
      ? { orphanDependents: booleanOf(query.get("orphanDependents")) }
      : {}),
    dryRun: query.getAll("dryRun"),
  };
}

function errorsOf({ propagationPolicy, orphanDependents, dryRun = [] }: Asked): FieldError[] {
  const errors: FieldError[] = [];
  if (propagationPolicy !== undefined && orphanDependents !== undefined) {
    const detail = "orphanDependents and deletionPropagation cannot be both set";
    errors.push(invalid("propagationPolicy", propagationPolicy, detail));
  }
  if (propagationPolicy !== undefined && !POLICIES.includes(propagationPolicy)) {
    errors.push(notSupported("propagationPolicy", propagationPolicy, [...POLICIES, "nil"]));
  }
  return [...errors, ...dryRunErrors(dryRun)];
}

function policyOf({ propagationPolicy, orphanDependents }: Asked) {
  if (orphanDependents !== undefined) return orphanDependents ? "Orphan" : "Background";
  return propagationPolicy as DeleteOptions["propagationPolicy"];
}
