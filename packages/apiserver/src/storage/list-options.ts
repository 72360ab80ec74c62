// Combinations of list and watch options that make no sense.
// @see kubernetes apimachinery/pkg/apis/meta/internalversion/validation/validation.go

import { forbidden, invalidError, notSupported, type FieldError } from "@kubonsai/api";
import type { ListOptions, WatchOptions } from "../registry/registry.ts";

const MATCH = "resourceVersionMatch";
const LIST_OPTIONS = { group: "meta.k8s.io", kind: "ListOptions" };

/** @throws StatusError Invalid */
export function checkListOptions(options: ListOptions): void {
  refuse(listErrors(options));
}

/** @throws StatusError Invalid */
export function checkWatchOptions(options: WatchOptions): void {
  refuse(watchErrors(options));
}

function listErrors(options: ListOptions): FieldError[] {
  const { resourceVersionMatch: match, resourceVersion } = options;
  if (!match) return [];
  const errors: FieldError[] = [];
  if (!resourceVersion) {
    errors.push(forbidden(MATCH, `${MATCH} is forbidden unless resourceVersion is provided`));
  }
  if (options.continue) {
    errors.push(forbidden(MATCH, `${MATCH} is forbidden when continue is provided`));
  }
  if (match !== "Exact" && match !== "NotOlderThan") {
    errors.push(notSupported(MATCH, match, ["Exact", "NotOlderThan", ""]));
  }
  if (match === "Exact" && resourceVersion === "0") {
    errors.push(forbidden(MATCH, `${MATCH} "exact" is forbidden for resourceVersion "0"`));
  }
  return errors;
}

function watchErrors(options: WatchOptions): FieldError[] {
  const { resourceVersionMatch: match, sendInitialEvents } = options;
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined && match !== "NotOlderThan") {
    errors.push(forbidden(MATCH, `sendInitialEvents requires setting ${MATCH} to NotOlderThan`));
  }
  if (!match) return errors;
  if (sendInitialEvents === undefined) {
    const why = `${MATCH} is forbidden for watch unless sendInitialEvents is provided`;
    errors.push(forbidden(MATCH, why));
  }
  if (match !== "NotOlderThan") errors.push(notSupported(MATCH, match, ["NotOlderThan"]));
  if (options.continue) {
    errors.push(forbidden(MATCH, `${MATCH} is forbidden when continue is provided`));
  }
  return errors;
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw invalidError(LIST_OPTIONS, "", errors);
}
