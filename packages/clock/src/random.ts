// Chance as every process sees it: seeded in tests and replays, the machine's own otherwise.

import { randomBytes, randomUUID } from "node:crypto";

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
  /** A version 4 UUID in lower case. */
  uuid(): string;
}

export const systemRandom: Random = {
  next: () => Math.random(),
  bytes: (length) => randomBytes(length),
  uuid: () => randomUUID(),
};

/** The same seed gives the same sequence. Not for keys or tokens. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: one 32-bit state word, a full period, good enough for simulated chance
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const bytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256));
  return { next, bytes, uuid: () => uuidFrom(bytes(16)) };
}

/** An integer in [0, below). */
export function integerBelow(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}

/** Kubernetes' alphabet for generated names: no vowels, no look-alikes. */
const NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** A random suffix such as `x7k2p`, as in generated object names. */
export function nameSuffix(random: Random, length = 5): string {
  return Array.from(
    { length },
    () => NAME_ALPHABET[integerBelow(random, NAME_ALPHABET.length)],
  ).join("");
}

function uuidFrom(bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
