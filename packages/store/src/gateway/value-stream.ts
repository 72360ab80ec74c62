// JSON values out of text that comes in pieces: a piece may hold several, or part of one.

import type { EtcdError } from "../etcd-error.ts";
import { asBody, quoteLongIntegers, type Body } from "./fields.ts";
import { endOfValue, JsonSyntaxError } from "./go-json.ts";
import { invalid } from "./invalid.ts";

export class ValueStream {
  readonly #limit: number;
  #rest = "";

  /** @param limit of the characters of a value that has not come whole yet */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The values that are whole now. @throws EtcdError when there can be no more */
  *read(piece: string): Generator<Body, void, undefined> {
    const whole = this.#rest === "" ? parsed(piece) : undefined;
    if (whole) return yield whole;
    this.#rest += piece;
    for (;;) {
      const end = this.#end();
      if (end < 0) return;
      const value = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end);
      yield asBody(JSON.parse(quoteLongIntegers(value)));
    }
  }

  #end(): number {
    try {
      return endOfValue(this.#rest);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      if (error.isCutOff && this.#rest.length <= this.#limit) return -1;
      throw tooMuch(error);
    }
  }
}

const tooMuch = (error: JsonSyntaxError): EtcdError => invalid(error.message);

/** The usual case: a piece is a value. */
function parsed(piece: string): Body | undefined {
  let value: unknown;
  try {
    value = JSON.parse(quoteLongIntegers(piece));
  } catch {
    return undefined;
  }
  return asBody(value);
}
