// httpGet: an answer from 200 to 399 is a success.
// @see kubernetes pkg/probe/http/http.go

import type { HTTPGetAction } from "@kubonsai/api";
import { httpActionRequest, urlOf } from "../hooks/http-request.ts";
import type { HttpRequest, HttpResponse, Network } from "../runtime/network/network.ts";
import { errorText, quoted } from "../text/describe.ts";
import type { Attempt } from "./handlers.ts";
import { failure, success, type Outcome } from "./outcome.ts";

const MOST_REDIRECTS = 10;

/** @throws Error when the port's name is not the container's */
export async function probeHttp(action: HTTPGetAction, attempt: Attempt): Promise<Outcome> {
  const { container, podIP, timeoutMs } = attempt;
  const context = { container, podIP, timeoutMs, userAgent: "kube-probe/1.36" };
  const request = httpActionRequest(action, context);
  try {
    return outcomeOf(await follow(attempt.node.network, request));
  } catch (error) {
    return failure(`Get ${quoted(urlOf(request))}: ${errorText(error)}`);
  }
}

/** Redirects are followed while they stay on the same host. */
async function follow(network: Network, first: HttpRequest): Promise<HttpResponse> {
  let request = first;
  for (let redirects = 0; ; redirects++) {
    const response = await network.http(request);
    const next = redirectOf(request, response);
    if (!next || next.host !== first.host) return response;
    if (redirects >= MOST_REDIRECTS) throw new Error("stopped after 10 redirects");
    request = next;
  }
}

function redirectOf(request: HttpRequest, { status, headers }: HttpResponse) {
  const location = headers["location"] ?? headers["Location"];
  if (status < 300 || status > 399 || status === 304 || !location) return undefined;
  if (!URL.canParse(location, urlOf(request))) return undefined;
  const url = new URL(location, urlOf(request));
  const tls = url.protocol === "https:";
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return { ...request, host, port, tls, path: url.pathname + url.search };
}

function outcomeOf({ status, body }: HttpResponse): Outcome {
  if (status < 200 || status >= 400) return failure(`HTTP probe failed with statuscode: ${status}`);
  if (status < 300) return success;
  const text = Buffer.from(body).toString("utf8");
  return { result: "warning", output: `Probe terminated redirects, Response body: ${text}` };
}
