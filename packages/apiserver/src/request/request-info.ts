// First room: what does this request ask for? Path and method become verb, resource and name.
// @see kubernetes apiserver/pkg/endpoints/request/requestinfo.go NewRequestInfo

import { badRequest } from "@kubonsai/api";

export interface RequestInfo {
  /** False for discovery, health, metrics and everything unknown. */
  readonly isResource: boolean;
  /** Percent-decoded. */
  readonly path: string;
  /** `list`, `watch`, `deletecollection` … ; the method in lower case when no resource is asked for. */
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  /** What follows the subresource, with its leading slash: `/a/b` of `…/proxy/a/b`. */
  readonly rest: string;
}

/** `namespaces/x/status` is a part of the namespace, `namespaces/x/pods` is not. */
const NAMESPACE_SUBRESOURCES = new Set(["status", "finalize"]);

const VERB_OF_METHOD: ReadonlyMap<string, string> = new Map([
  ["POST", "create"],
  ["GET", "get"],
  ["HEAD", "get"],
  ["PUT", "update"],
  ["PATCH", "patch"],
  ["DELETE", "delete"],
]);

/** @throws BadRequest when the path is not well encoded */
export function requestInfoOf(
  method: string,
  rawPath: string,
  query: URLSearchParams,
): RequestInfo {
  const path = decodePath(rawPath);
  const parts = splitPath(path);
  const address = addressOf(parts);
  if (!address) return nonResource(method, path);
  const { group, version, rest } = address;
  const watchesByPath = rest[0] === "watch" && rest.length > 1;
  if (watchesByPath) rest.shift();
  const { namespace, parts: own } = splitNamespace(rest);
  const [resource = "", name = "", subresource = ""] = own;
  const verb = watchesByPath ? "watch" : (VERB_OF_METHOD.get(method) ?? "");
  return {
    isResource: true,
    path,
    verb: verbWithoutName(verb, name, query),
    group,
    version,
    namespace,
    resource,
    subresource,
    name: name === "" && verb === "get" ? nameSelectedBy(query) : name,
    rest: restOf(own.slice(3), own.length >= 3 && path.endsWith("/")),
  };
}

/** Reads a query parameter as Go's conversion does: present and not `false` or `0` is true. */
export function booleanOf(value: string | null): boolean {
  if (value === null) return false;
  const lower = value.toLowerCase();
  return lower !== "false" && lower !== "0";
}

function decodePath(rawPath: string): string {
  if (!rawPath.includes("%")) return rawPath;
  try {
    return decodeURIComponent(rawPath);
  } catch {
    throw badRequest(`invalid URL escape in path ${JSON.stringify(rawPath)}`);
  }
}

function splitPath(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

function addressOf(parts: string[]) {
  if (parts[0] === "api" && parts.length >= 3) {
    return { group: "", version: parts[1]!, rest: parts.slice(2) };
  }
  if (parts[0] === "apis" && parts.length >= 4) {
    return { group: parts[1]!, version: parts[2]!, rest: parts.slice(3) };
  }
  return undefined;
}

function splitNamespace(parts: string[]): { namespace: string; parts: string[] } {
  if (parts[0] !== "namespaces" || parts.length < 2) return { namespace: "", parts };
  const namespace = parts[1]!;
  const names = parts.length > 2 && !NAMESPACE_SUBRESOURCES.has(parts[2]!);
  return { namespace, parts: names ? parts.slice(2) : parts };
}

function verbWithoutName(verb: string, name: string, query: URLSearchParams): string {
  if (name !== "") return verb;
  if (verb === "get") return booleanOf(query.get("watch")) ? "watch" : "list";
  return verb === "delete" ? "deletecollection" : verb;
}

/** `fieldSelector=metadata.name=web` names one object, so that a user may be allowed just that one. */
function nameSelectedBy(query: URLSearchParams): string {
  const selector = query.get("fieldSelector");
  if (!selector) return "";
  const term = selector.split(",").find((one) => /^metadata\.name==?[^=]/.test(one));
  const name = term?.replace(/^metadata\.name==?/, "") ?? "";
  return name === "." || name === ".." || /[/%]/.test(name) ? "" : name;
}

function restOf(parts: string[], endsWithSlash: boolean): string {
  const joined = parts.map((part) => `/${part}`).join("");
  return endsWithSlash ? `${joined}/` : joined;
}

const nonResource = (method: string, path: string): RequestInfo => ({
  isResource: false,
  path,
  verb: method.toLowerCase(),
  group: "",
  version: "",
  namespace: "",
  resource: "",
  subresource: "",
  name: "",
  rest: "",
});
