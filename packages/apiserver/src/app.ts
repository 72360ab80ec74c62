// The chain as an express application.

import express, { type NextFunction, type Request, type Response } from "express";
import { IncomingMessage, ServerResponse, type RequestListener } from "node:http";
import { sendError } from "./answer/send-error.ts";
import { Call } from "./call.ts";
import { chain } from "./chain.ts";
import type { Rooms } from "./rooms.ts";

export interface App {
  readonly listener: RequestListener;
  /** A request that asks to upgrade; `head` is what came behind its header. */
  upgrade(request: IncomingMessage, response: ServerResponse, head: Buffer): void;
  /** What the server must make its requests and answers of. */
  readonly Req: typeof IncomingMessage;
  readonly Res: new (request: IncomingMessage) => ServerResponse;
}

type CallRequest = Request & { call?: Call };

export function buildApp(rooms: Rooms): App {
  const app = express();
  const classes = useOwnClasses(app);
  app.disable("x-powered-by");
  app.disable("etag");
  const upgradeHeads = new WeakMap<IncomingMessage, Buffer>();
  const callOf = (request: CallRequest, response: Response) =>
    (request.call ??= new Call(request, response, {
      rooms,
      upgradeHead: upgradeHeads.get(request),
    }));
  for (const step of chain) {
    app.use((request: CallRequest, response: Response, next: NextFunction) => {
      const done = step(callOf(request, response));
      if (step === chain.at(-1)) return done;
      if (done) return done.then(() => next());
      next();
    });
  }
  // express knows by the four parameters that this one takes errors
  app.use((error: unknown, request: CallRequest, response: Response, _next: NextFunction) =>
    answerError(callOf(request, response), error),
  );
  return {
    ...classes,
    listener: app,
    upgrade(request, response, head) {
      upgradeHeads.set(request, head);
      app(request as Request, response as Response);
    },
  };
}

/**
 * Express swaps the prototypes of every request and answer, which makes V8 forget all it knows about
 * them. The server is given classes that have express's members already, so that nothing is swapped.
 */
function useOwnClasses(app: express.Express): Pick<App, "Req" | "Res"> {
  class Req extends IncomingMessage {
    call?: Call;
  }
  class Res extends ServerResponse {}
  Object.defineProperties(Req.prototype, Object.getOwnPropertyDescriptors(express.request));
  Object.defineProperties(Res.prototype, Object.getOwnPropertyDescriptors(express.response));
  for (const prototype of [Req.prototype, Res.prototype]) {
    Object.defineProperty(prototype, "app", { value: app, writable: true });
  }
  Object.assign(app, { request: Req.prototype, response: Res.prototype });
  return { Req, Res };
}

async function answerError(call: Call, error: unknown): Promise<void> {
  try {
    await sendError(call, error);
  } catch (err) {
    call.rooms.log.error({ err }, "an error could not be answered");
    call.response.destroy();
  }
}
