// How many requests at once: a first-come queue before the rooms that do work.

import { tooManyRequests } from "@kubonsai/api";

export interface InFlight {
  /** Resolves to the call that gives the place back. @throws TooManyRequests when the queue is full */
  enter(isMutating: boolean): (() => void) | Promise<() => void>;
}

interface Lane {
  places: number;
  readonly queue: (() => void)[];
}

/** As kube-apiserver's --max-requests-inflight and --max-mutating-requests-inflight. */
const READING_PLACES = 400;
const MUTATING_PLACES = 200;
const LONGEST_QUEUE = 5000;

export function createInFlight(): InFlight {
  const reading: Lane = { places: READING_PLACES, queue: [] };
  const mutating: Lane = { places: MUTATING_PLACES, queue: [] };
  return { enter: (isMutating) => enter(isMutating ? mutating : reading) };
}

function enter(lane: Lane): (() => void) | Promise<() => void> {
  if (lane.places > 0) {
    lane.places--;
    return () => leave(lane);
  }
  if (lane.queue.length >= LONGEST_QUEUE) {
    throw tooManyRequests("Too many requests, please try again later.", 1);
  }
  return new Promise((resolve) => lane.queue.push(() => resolve(() => leave(lane))));
}

function leave(lane: Lane): void {
  const next = lane.queue.shift();
  if (next) next();
  else lane.places++;
}
