// The lines of a watch. A plain object's line is built once for all watchers; a table's belongs to its
// own watcher, because the first one names the columns.

import { apiVersionOf, type Kind } from "@kubonsai/api";
import type { Call } from "../call.ts";
import type { Stored } from "../registry/registry.ts";
import type { AnswerForm } from "../request/negotiate.ts";
import { partialJson, partialObject } from "../table/partial-metadata.ts";
import { bookmarkTable, tableOf, tableOptionsOf } from "../table/table.ts";

export interface EventLines {
  ofObject(type: string, stored: Stored): Buffer;
  ofBookmark(resourceVersion: string, initialEventsEnd: boolean): Buffer;
}

export function eventLines(call: Call, kind: Kind, form: AnswerForm): EventLines {
  if (form.as === "Table") return tableLines(call, kind, form);
  if (form.as !== undefined) return partialLines(form);
  return {
    ofObject: plainLine,
    ofBookmark: (resourceVersion, initialEventsEnd) => {
      const metadata = bookmarkMetadata(resourceVersion, initialEventsEnd);
      const type = `"kind":${JSON.stringify(kind.kind)},"apiVersion":"${apiVersionOf(kind)}"`;
      return line("BOOKMARK", `{${type},"metadata":${metadata}}`);
    },
  };
}

/** The lines of this turn of the event loop: an event reaches all its watchers within one. */
const plainLines = new Map<Stored, Map<string, Buffer>>();
const LINE_END = Buffer.from("}\n");

function plainLine(type: string, stored: Stored): Buffer {
  let ofTypes = plainLines.get(stored);
  if (!ofTypes) {
    if (plainLines.size === 0) setImmediate(() => plainLines.clear());
    plainLines.set(stored, (ofTypes = new Map()));
  }
  let bytes = ofTypes.get(type);
  if (!bytes) {
    bytes = Buffer.concat([Buffer.from(`{"type":"${type}","object":`), stored.bytes, LINE_END]);
    ofTypes.set(type, bytes);
  }
  return bytes;
}

function partialLines({ version }: AnswerForm): EventLines {
  return {
    ofObject: (type, stored) => line(type, partialObject(stored, version)),
    ofBookmark: (resourceVersion, initialEventsEnd) =>
      line("BOOKMARK", partialJson(bookmarkMetadata(resourceVersion, initialEventsEnd), version)),
  };
}

function tableLines(call: Call, kind: Kind, form: AnswerForm): EventLines {
  const options = tableOptionsOf(call, form);
  let withoutColumns = false;
  const extras = (resourceVersion: string) => {
    const all = {
      ...options,
      nowMs: call.rooms.clock.now(),
      list: { resourceVersion },
      withoutColumns,
    };
    withoutColumns = true;
    return all;
  };
  return {
    ofObject: (type, stored) =>
      line(type, tableOf(kind, [stored], extras(stored.resourceVersion)).toString()),
    ofBookmark: (resourceVersion, initialEventsEnd) => {
      const metadata = bookmarkMetadata(resourceVersion, initialEventsEnd);
      return line("BOOKMARK", bookmarkTable(kind, metadata, extras(resourceVersion)).toString());
    },
  };
}

const line = (type: string, object: string) =>
  Buffer.from(`{"type":"${type}","object":${object}}\n`);

/** The annotation tells that the objects which existed at the start have all been sent. */
const bookmarkMetadata = (resourceVersion: string, initialEventsEnd: boolean) =>
  JSON.stringify({
    resourceVersion,
    ...(initialEventsEnd ? { annotations: { "k8s.io/initial-events-end": "true" } } : {}),
  });
