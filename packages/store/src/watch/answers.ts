// The messages of a watch stream.

import { bareHeaderMember, changeJson, headerMember } from "../gateway/key-value-json.ts";
import type { Change } from "../multi-version/entry.ts";
import { Message } from "./message.ts";
import type { WatchRequest } from "./watch.ts";

/** Above this a watch that asked for it gets its events in parts: etcd's limit, in base64. */
const FRAGMENT_CHARACTERS = 2 * 1024 * 1024 * (4 / 3);

/** The member that tells which watch a message is for; 0 is left out, as all zero values are. */
const idMember = (id: number): string => (id === 0 ? "" : `,"watch_id":"${id}"`);

const message = (text: string): Message => new Message(`{"result":{${text}}}`);

export const createdAnswer = (revision: number, id: number): Message =>
  message(`${headerMember(revision)}${idMember(id)},"created":true`);

export const canceledAnswer = (revision: number, id: number): Message =>
  message(`${headerMember(revision)}${idMember(id)},"canceled":true`);

export const compactedAnswer = (compactRevision: number, id: number): Message =>
  message(
    `${bareHeaderMember}${idMember(id)},"canceled":true,"compact_revision":"${compactRevision}"`,
  );

/** A watch that never began. */
export const refusedAnswer = (revision: number, reason: string): Message =>
  message(
    `${headerMember(revision)}${idMember(-1)},"created":true,"canceled":true,` +
      `"cancel_reason":${JSON.stringify(reason)}`,
  );

/** Everything up to `revision` was told; id -1 stands for all watches of the stream. */
export const progressAnswer = (revision: number, id: number): Message =>
  message(`${headerMember(revision)}${idMember(id)}`);

/** What tells of the changes, but for the watch's id: most often one part. */
export function eventsParts(changes: Change[], request: WatchRequest): string[] {
  const events = changes.map((change) => changeJson(change, request.withPrevious));
  if (!request.fragments) return [`"events":[${events.join(",")}]`];
  const parts = fragmentsOf(events).map((list) => `"events":[${list.join(",")}]`);
  return parts.map((part, at) => (at < parts.length - 1 ? `"fragment":true,${part}` : part));
}

export const eventsAnswers = (revision: number, id: number, parts: string[]): Message[] =>
  parts.map((part) => message(`${headerMember(revision)}${idMember(id)},${part}`));

function fragmentsOf(events: string[]): string[][] {
  const fragments: string[][] = [];
  let size = Infinity;
  for (const event of events) {
    size += event.length;
    if (size > FRAGMENT_CHARACTERS) {
      fragments.push([]);
      size = event.length;
    }
    fragments.at(-1)!.push(event);
  }
  return fragments;
}
