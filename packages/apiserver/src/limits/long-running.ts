// Which requests may last: they have no deadline, hold no virtual time and take no place.
// @see kubernetes apiserver/pkg/server/config.go LongRunningFunc

import { booleanOf, type RequestInfo } from "../request/request-info.ts";

const LASTING_SUBRESOURCES = new Set(["attach", "exec", "proxy", "portforward"]);

export function isLongRunning(info: RequestInfo, query: URLSearchParams): boolean {
  if (!info.isResource) return false;
  if (info.verb === "watch" || LASTING_SUBRESOURCES.has(info.subresource)) return true;
  return info.subresource === "log" && booleanOf(query.get("follow"));
}
