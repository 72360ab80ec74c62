// A page as curl gets it from a node port: a connection of its own each time.

import { get } from "node:http";
import { holding, type Clock } from "@kubonsai/clock";

export interface Page {
  status: number;
  body: string;
}

/** Virtual time stands still meanwhile. */
export const page = (clock: Clock, url: string): Promise<Page> =>
  holding(
    clock,
    () =>
      new Promise((resolve, reject) => {
        const request = get(url, { agent: false }, (response) => {
          let body = "";
          response.setEncoding("utf8").on("data", (text: string) => (body += text));
          response.on("error", reject);
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        });
        request.on("error", reject);
      }),
  );
