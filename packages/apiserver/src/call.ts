// One request on its way through the rooms, and what the rooms have learnt of it so far.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { UserInfo } from "./authentication/user-info.ts";
import type { RequestInfo } from "./request/request-info.ts";
import type { Rooms } from "./rooms.ts";

const NOBODY: UserInfo = { name: "", groups: [] };
const NOTHING: RequestInfo = {
  isResource: false,
  path: "/",
  verb: "",
  group: "",
  version: "",
  namespace: "",
  resource: "",
  subresource: "",
  name: "",
  rest: "",
};

export class Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly rooms: Rooms;
  /** With an upgrade request: the bytes that came after its header. */
  readonly upgradeHead: Buffer | undefined;
  readonly rawPath: string;
  readonly query: URLSearchParams;
  /** What each room adds, in the order of the chain. */
  auditId = "";
  info: RequestInfo = NOTHING;
  user: UserInfo = NOBODY;
  readonly warnings = new Set<string>();
  #abort: AbortController | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    { rooms, upgradeHead }: { rooms: Rooms; upgradeHead: Buffer | undefined },
  ) {
    this.request = request;
    this.response = response;
    this.rooms = rooms;
    this.upgradeHead = upgradeHead;
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    this.rawPath = mark < 0 ? url : url.slice(0, mark);
    this.query = new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
  }

  /** Aborts when the client is gone, time is up, or the server stops. Made when first asked for. */
  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      this.response.once("close", () => this.#abort?.abort());
    }
    return this.#abort.signal;
  }

  /** Adds a Warning header to the answer; the same text once. */
  readonly warn = (text: string): void => {
    this.warnings.add(text);
  };
}
