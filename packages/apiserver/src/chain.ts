// The way of every request, read from top to bottom. A step throws a StatusError to end it; the last
// one answers.

import { attributesOf } from "./authorization/attributes.ts";
import { authorize } from "./authorization/authorize.ts";
import { authenticate, withAuthenticatedGroup } from "./authentication/authenticate.ts";
import { impersonationOf } from "./authentication/impersonation.ts";
import type { Call } from "./call.ts";
import { startDeadline } from "./limits/deadline.ts";
import { isLongRunning } from "./limits/long-running.ts";
import { requestInfoOf } from "./request/request-info.ts";
import { serve } from "./serve.ts";

export type Step = (call: Call) => void | Promise<void>;

export const chain: readonly Step[] = [
  nameRequest,
  readRequestInfo,
  // before the rooms that may wait, so that each of them is under the deadline
  limitTime,
  readUser,
  impersonate,
  // after authentication: strangers get their 401 without waiting in line
  waitForPlace,
  checkAccess,
  serve,
];

function nameRequest(call: Call): void {
  const given = call.request.headers["audit-id"];
  call.auditId = typeof given === "string" && given !== "" ? given : call.rooms.random.uuid();
}

function readRequestInfo(call: Call): void {
  call.info = requestInfoOf(call.request.method ?? "GET", call.rawPath, call.query);
}

function limitTime(call: Call): void {
  if (!isLongRunning(call.info, call.query)) startDeadline(call);
}

async function readUser(call: Call): Promise<void> {
  call.user = await authenticate(call.request, call.rooms.authenticators);
}

async function impersonate(call: Call): Promise<void> {
  const wanted = impersonationOf(call.request);
  if (!wanted) return;
  for (const demand of wanted.demands) {
    await authorize({ ...demand, user: call.user }, call.rooms.authorizers);
  }
  call.user = withAuthenticatedGroup(wanted.user);
}

const READING_VERBS = new Set(["get", "list", "watch"]);

async function waitForPlace(call: Call): Promise<void> {
  if (isLongRunning(call.info, call.query)) return;
  const leave = await call.rooms.inFlight.enter(!READING_VERBS.has(call.info.verb));
  if (call.response.closed) leave();
  else call.response.once("close", leave);
}

function checkAccess(call: Call): Promise<void> {
  return authorize(attributesOf(call), call.rooms.authorizers);
}
