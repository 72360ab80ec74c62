// The images on one node: pulled once, listed by size, found by any of their names.

import type { Clock } from "@kubonsai/clock";
import type { ImageService, NodeImage } from "../runtime.ts";
import type { Image } from "./image.ts";
import { digestOf, parseReference, type Reference } from "./reference.ts";
import { digestName, findImage } from "./registry.ts";

export interface PulledImage extends NodeImage {
  readonly reference: Reference;
  readonly image: Image;
}

const REGISTRY_LATENCY_MS = 150;

export class NodeImages implements ImageService {
  readonly #clock: Clock;
  readonly #bytesPerSecond: number;
  readonly #pulled = new Map<string, PulledImage>();

  constructor(clock: Clock, bytesPerSecond: number) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  list(): NodeImage[] {
    const unique = [...new Set(this.#pulled.values())];
    return unique.sort((a, b) => b.sizeBytes - a.sizeBytes);
  }

  status(image: string): PulledImage | undefined {
    return this.#pulled.get(image) ?? this.#pulled.get(parseReference(image).name);
  }

  async pull(image: string, signal: AbortSignal): Promise<NodeImage> {
    const reference = parseReference(image);
    await this.#clock.sleep(REGISTRY_LATENCY_MS, signal);
    signal.throwIfAborted();
    const found = findImage(reference);
    const present = this.#pulled.get(reference.name);
    if (present) return present;
    await this.#clock.sleep((found.sizeBytes / this.#bytesPerSecond) * 1000, signal);
    signal.throwIfAborted();
    return this.#keep(reference, found);
  }

  #keep(reference: Reference, image: Image): PulledImage {
    const digest = digestName(reference);
    const pulled: PulledImage = {
      names: reference.digest ? [digest] : [digest, reference.name],
      id: digestOf(`config ${reference.name}`),
      sizeBytes: image.sizeBytes,
      user: image.user,
      reference,
      image,
    };
    for (const name of [reference.name, digest, pulled.id]) this.#pulled.set(name, pulled);
    return pulled;
  }
}
