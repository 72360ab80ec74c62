// Writes objects and lists in the form that the client asked for.

import { notAcceptable, type Column, type Kind, type KubernetesObject } from "@kubonsai/api";
import type { Call } from "../call.ts";
import type { Stored, StoredList } from "../registry/registry.ts";
import { yamlOf } from "../request/yaml.ts";
import type { AnswerForm } from "../request/negotiate.ts";
import { partialList, partialObject } from "../table/partial-metadata.ts";
import { tableOf, tableOptionsOf } from "../table/table.ts";
import { listBytes } from "./list-bytes.ts";
import { objectText } from "./pretty.ts";
import { send } from "./send.ts";

export interface Shape {
  readonly form: AnswerForm;
  readonly kind: Kind;
}

export function sendStored(
  call: Call,
  code: number,
  stored: Stored,
  { form, kind }: Shape,
): Promise<void> {
  if (form.as === undefined) return sendJson(call, code, stored.bytes, form);
  if (form.as === "PartialObjectMetadataList") {
    throw notAcceptable(
      `you requested PartialObjectMetadataList, but the requested object is not a list (${kind.kind})`,
    );
  }
  const bytes =
    form.as === "Table"
      ? tableOf(kind, [stored], {
          ...tableOptionsOf(call, form),
          list: { resourceVersion: stored.resourceVersion },
        })
      : Buffer.from(partialObject(stored, form.version));
  return sendJson(call, code, bytes, form);
}

export function sendList(call: Call, list: StoredList, { form, kind }: Shape): Promise<void> {
  if (form.as === undefined) return sendJson(call, 200, listBytes(kind, list), form);
  if (form.as === "PartialObjectMetadata") {
    throw notAcceptable(
      `you requested PartialObjectMetadata, but the requested object is a list (${kind.listKind})`,
    );
  }
  const bytes =
    form.as === "Table"
      ? tableOf(kind, list.items, { ...tableOptionsOf(call, form), list })
      : partialList(list, form.version);
  return sendJson(call, 200, bytes, form);
}

/** For part of an object: Scale. A kind of its own only where it has columns of its own. */
export function sendPart(call: Call, object: KubernetesObject, shape: PartShape): Promise<void> {
  const { form, columns } = shape;
  if (form.as !== "Table" || !columns) return sendPlain(call, 200, object, form);
  const { resourceVersion = "" } = object.metadata;
  const stored = { object, bytes: Buffer.from(JSON.stringify(object)), resourceVersion };
  const options = { ...tableOptionsOf(call, form), list: { resourceVersion } };
  return sendJson(call, 200, tableOf({ columns }, [stored], options), form);
}

export interface PartShape {
  readonly form: AnswerForm;
  readonly columns?: readonly Column[];
}

/** For what is no stored object: Status, a token review. */
export function sendPlain(
  call: Call,
  code: number,
  object: KubernetesObject | object,
  form: AnswerForm,
): Promise<void> {
  return sendJson(call, code, Buffer.from(JSON.stringify(object)), form);
}

async function sendJson(call: Call, code: number, json: Buffer, form: AnswerForm): Promise<void> {
  if (form.encoding === "yaml") {
    const body = Buffer.from(yamlOf(JSON.parse(json.toString())));
    return send(call, { code, type: "application/yaml", body });
  }
  return send(call, { code, type: "application/json", body: objectText(call, json) });
}
