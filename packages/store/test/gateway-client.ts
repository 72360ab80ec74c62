// Calls to a store's gateway as etcd's users make them, over HTTP.

const b64 = (text: string) => Buffer.from(text).toString("base64");
const BYTES = new Set(["key", "range_end", "value"]);

export class GatewayClient {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  /** Keys and values as plain text. */
  async call(path: string, body: object) {
    const { status, text } = await this.send(path, body);
    return { status, body: JSON.parse(text) as { [name: string]: unknown } };
  }

  async send(path: string, body: object, signal?: AbortSignal) {
    const response = await this.open(path, body, signal);
    return { status: response.status, text: await response.text() };
  }

  open(path: string, body: object, signal?: AbortSignal): Promise<Response> {
    const text = JSON.stringify(body, (name, value: unknown) =>
      BYTES.has(name) && typeof value === "string" ? b64(value) : value,
    );
    return fetch(this.#address + path, { method: "POST", body: text, signal });
  }

  /** The first `count` messages of a stream. */
  async lines(path: string, body: object, count: number): Promise<{ [name: string]: unknown }[]> {
    const abort = new AbortController();
    const response = await this.open(path, body, abort.signal);
    const found: { [name: string]: unknown }[] = [];
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop()!;
      for (const line of lines) found.push(JSON.parse(line).result);
      if (found.length >= count) break;
    }
    abort.abort();
    return found;
  }
}
