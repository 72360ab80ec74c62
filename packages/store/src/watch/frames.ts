// The messages of a watch socket.

import { bareHeaderMember, changeJson, headerMember } from "../gateway/key-value-json.ts";
import type { Change } from "../multi-version/entry.ts";

/** The member that tells which watch a message is for; 0 is left out, as all zero values are. */
const idMember = (id: number): string => (id === 0 ? "" : `,"watch_id":"${id}"`);

const frame = (text: string): Buffer => Buffer.from(`{"result":{${text}}}`, "latin1");

export const createdFrame = (revision: number, id: number): Buffer =>
  frame(`${headerMember(revision)}${idMember(id)},"created":true`);

export const canceledFrame = (revision: number, id: number): Buffer =>
  frame(`${headerMember(revision)}${idMember(id)},"canceled":true`);

export const compactedFrame = (compactRevision: number, id: number): Buffer =>
  frame(
    `${bareHeaderMember}${idMember(id)},"canceled":true,"compact_revision":"${compactRevision}"`,
  );

export const duplicateFrame = (revision: number): Buffer =>
  refusedFrame(revision, "mvcc: duplicate watch ID provided on the WatchStream");

/** A watch that never began. */
export const refusedFrame = (revision: number, reason: string): Buffer =>
  frame(
    `${headerMember(revision)}${idMember(-1)},"created":true,"canceled":true,` +
      `"cancel_reason":${JSON.stringify(reason)}`,
  );

/** Everything up to `revision` was told; id -1 stands for all watches of the socket. */
export const progressFrame = (revision: number, id: number): Buffer =>
  frame(`${headerMember(revision)}${idMember(id)}`);

/** `"events":[…]`, the part that all watches of a group share. */
export function eventsMember(changes: Change[], withPrevious: boolean): string {
  return `"events":[${changes.map((change) => changeJson(change, withPrevious)).join(",")}]`;
}

export const eventsFrame = (revision: number, id: number, events: string): Buffer =>
  frame(`${headerMember(revision)}${idMember(id)},${events}`);
