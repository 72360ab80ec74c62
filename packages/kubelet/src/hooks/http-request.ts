// The request of an httpGet action: probes and hooks make it alike.
// @see kubernetes pkg/probe/http/request.go

import type { Container, HTTPGetAction } from "@kubonsai/api";
import type { HttpRequest } from "../runtime/network/network.ts";

export interface HttpActionContext {
  container: Container;
  podIP: string;
  timeoutMs: number;
  /** `kube-probe/1.36` */
  userAgent: string;
}

/** @throws Error when a named port is none of the container's */
export function httpActionRequest(
  action: HTTPGetAction,
  { container, podIP, timeoutMs, userAgent }: HttpActionContext,
): HttpRequest {
  const headers: { [name: string]: string } = { "User-Agent": userAgent, Accept: "*/*" };
  for (const { name, value } of action.httpHeaders ?? []) setHeader(headers, name, value);
  for (const name of Object.keys(headers)) if (headers[name] === "") delete headers[name];
  const path = action.path ?? "/";
  return {
    host: action.host || podIP,
    port: containerPort(action.port, container),
    tls: action.scheme === "HTTPS",
    method: "GET",
    path: path.startsWith("/") ? path : `/${path}`,
    headers,
    timeoutMs,
  };
}

/** Names are looked up among this container's ports. */
export function containerPort(port: number | string, container: Container): number {
  const isNumber = typeof port === "number" || /^[0-9]+$/.test(port);
  const number = isNumber
    ? Number(port)
    : container.ports?.find(({ name }) => name === port)?.containerPort;
  if (number === undefined) throw new Error(`couldn't find port: ${port}`);
  if (number > 0 && number < 65536) return number;
  throw new Error(`invalid port number: ${number}`);
}

/** Header names are the same in any case. */
function setHeader(headers: { [name: string]: string }, name: string, value: string): void {
  const known = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase());
  headers[known ?? name] = value;
}

/** `http://10.244.1.2:80/healthz`, as errors name it. */
export function urlOf({ tls, host, port, path }: HttpRequest): string {
  const scheme = tls ? "https" : "http";
  return `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}${path}`;
}
