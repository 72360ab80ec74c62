// Bodies as values: JSON, YAML or protobuf becomes plain data; what is none of these is refused.

import { unsupportedMediaType } from "@kubonsai/api";
import type { Call } from "../call.ts";
import { typeOf } from "./media-type.ts";
import { parseYaml } from "./yaml.ts";

export type BodyFormat = "json" | "yaml" | "protobuf";

const FORMATS: ReadonlyMap<string, BodyFormat> = new Map([
  ["application/json", "json"],
  ["application/yaml", "yaml"],
  ["application/vnd.kubernetes.protobuf", "protobuf"],
]);

/** @throws UnsupportedMediaType */
export function bodyFormatOf({ request }: Call): BodyFormat {
  const type = typeOf(request.headers["content-type"] ?? "");
  const format = type === "" ? "json" : FORMATS.get(type);
  if (!format) throw unknownFormat([...FORMATS.keys()]);
  return format;
}

export const unknownFormat = (accepted: readonly string[]) =>
  unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`,
  );

/** @throws SyntaxError in the words of the server's JSON decoder */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(asGoSays(text, (error as Error).message));
  }
}

/** @throws Error whose message says what is wrong with the YAML */
export function parseYamlBody(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n");
    throw new SyntaxError(`error converting YAML to JSON: yaml: ${line}`);
  }
}

function asGoSays(text: string, message: string): string {
  if (text.trim() === "" || /end of JSON|Unterminated/.test(message)) {
    return "unexpected end of JSON input";
  }
  const position = /position (\d+)/.exec(message)?.[1];
  const token = /token '?(.)'?/su.exec(message)?.[1];
  const found = position === undefined ? token : text[Number(position)];
  return `invalid character ${found === undefined ? "" : quoted(found)} looking for beginning of value`;
}

const quoted = (character: string) =>
  character === "'" ? "'\\''" : `'${JSON.stringify(character).slice(1, -1).replace('\\"', '"')}'`;
