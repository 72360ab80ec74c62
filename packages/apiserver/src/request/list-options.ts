// Which objects, from when, how many: the query of list, watch and deletecollection.
// @see kubernetes apimachinery/pkg/apis/meta/internalversion/validation/validation.go

import { badRequest, forbidden, notSupported, type FieldError } from "@kubonsai/api";
import type { Call } from "../call.ts";
import type { ListOptions, WatchOptions } from "../registry/registry.ts";
import { booleanOf } from "./request-info.ts";
import { checkOptions } from "./write-options.ts";

const MATCHES = ["Exact", "NotOlderThan"];

/** @throws BadRequest, Invalid */
export function listOptionsOf(call: Call): ListOptions {
  const { query } = call;
  checkOptions("ListOptions", listErrors(query));
  return { ...selectionOf(call), ...positive("limit", integerOf(query, "limit")) };
}

/** @throws BadRequest, Invalid */
export function watchOptionsOf(call: Call): WatchOptions {
  const { query } = call;
  checkOptions("ListOptions", watchErrors(query));
  return {
    ...selectionOf(call),
    allowBookmarks: booleanOf(query.get("allowWatchBookmarks")),
    ...(query.has("sendInitialEvents")
      ? { sendInitialEvents: booleanOf(query.get("sendInitialEvents")) }
      : {}),
  };
}

/** Undefined when the query names none. @throws BadRequest */
export function integerOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^[-+]?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

const TEXTS = [
  "labelSelector",
  "fieldSelector",
  "continue",
  "resourceVersion",
  "resourceVersionMatch",
] as const;

function selectionOf({ query, info }: Call): ListOptions {
  const options: ListOptions = {};
  for (const name of TEXTS) {
    const text = query.get(name);
    if (text) options[name] = text;
  }
  // /api/v1/watch/namespaces/default/pods/web names one object by path
  if (info.name !== "" && options.fieldSelector === undefined) {
    options.fieldSelector = `metadata.name=${info.name}`;
  }
  return options;
}

const positive = <K extends string>(name: K, value: number | undefined) =>
  (value === undefined || value <= 0 ? {} : { [name]: value }) as { [P in K]?: number };

function listErrors(query: URLSearchParams): FieldError[] {
  const match = query.get("resourceVersionMatch") ?? "";
  const errors = match === "" ? [] : matchErrors(query, match);
  if (query.has("sendInitialEvents")) {
    errors.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  }
  return errors;
}

function matchErrors(query: URLSearchParams, match: string): FieldError[] {
  const at = "resourceVersionMatch";
  const errors: FieldError[] = [];
  if (!query.get("resourceVersion")) {
    errors.push(forbidden(at, `${at} is forbidden unless resourceVersion is provided`));
  }
  if (query.get("continue")) {
    errors.push(forbidden(at, `${at} is forbidden when continue is provided`));
  }
  if (!MATCHES.includes(match)) errors.push(notSupported(at, match, [...MATCHES, ""]));
  if (match === "Exact" && query.get("resourceVersion") === "0") {
    errors.push(forbidden(at, `${at} "exact" is forbidden for resourceVersion "0"`));
  }
  return errors;
}

function watchErrors(query: URLSearchParams): FieldError[] {
  const at = "resourceVersionMatch";
  const match = query.get(at) ?? "";
  const sends = query.has("sendInitialEvents");
  const errors: FieldError[] = [];
  if (sends && match !== "NotOlderThan") {
    errors.push(
      forbidden(at, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
    );
  }
  if (match === "") return errors;
  if (!sends) {
    errors.push(forbidden(at, `${at} is forbidden for watch unless sendInitialEvents is provided`));
  }
  if (match !== "NotOlderThan") errors.push(notSupported(at, match, ["NotOlderThan"]));
  if (query.get("continue")) {
    errors.push(forbidden(at, `${at} is forbidden when continue is provided`));
  }
  return errors;
}
