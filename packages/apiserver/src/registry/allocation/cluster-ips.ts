// The addresses of Services: which belong to the cluster's range, and which one comes next.
// The lower band is left to addresses that users choose themselves, as long as the upper one lasts.
// @see kubernetes pkg/registry/core/service/ipallocator/ipallocator.go

import { integerBelow, type Random } from "@kubonsai/clock";

export class ClusterIpRange {
  readonly cidr: string;
  readonly #base: number;
  readonly #size: number;

  /**
   * @param cidr `10.96.0.0/12`
   * @throws Error for anything but an IPv4 range of at least four addresses
   */
  constructor(cidr: string) {
    const [address = "", bits = ""] = cidr.split("/");
    const number = parseIpv4(address);
    const prefix = Number(bits);
    if (number === undefined || !/^\d{1,2}$/.test(bits) || prefix < 8 || prefix > 30) {
      throw new Error(`${JSON.stringify(cidr)} is no IPv4 range for Services`);
    }
    this.cidr = cidr;
    this.#size = 2 ** (32 - prefix);
    this.#base = number - (number % this.#size);
  }

  /** The address of the `kubernetes` Service. */
  get first(): string {
    return formatIpv4(this.#base + 1);
  }

  /** Neither the network's own address nor its broadcast. */
  includes(address: string): boolean {
    const number = parseIpv4(address);
    if (number === undefined) return false;
    return number > this.#base && number < this.#base + this.#size - 1;
  }

  /** An address that `isTaken` does not know; undefined when the range is full. */
  next(random: Random, isTaken: (address: string) => boolean): string | undefined {
    const usable = this.#size - 2;
    const band = Math.min(Math.max(16, Math.floor(this.#size / 16)), 256, usable);
    return this.#scan(random, band, usable, isTaken) ?? this.#scan(random, 0, band, isTaken);
  }

  #scan(random: Random, from: number, to: number, isTaken: (address: string) => boolean) {
    const count = to - from;
    if (count <= 0) return undefined;
    const start = integerBelow(random, count);
    for (let step = 0; step < count; step++) {
      const address = formatIpv4(this.#base + 1 + from + ((start + step) % count));
      if (!isTaken(address)) return address;
    }
    return undefined;
  }
}

/** Undefined for anything but four decimal numbers below 256. */
export function parseIpv4(text: string): number | undefined {
  if (!/^(\d{1,3})(\.\d{1,3}){3}$/.test(text)) return undefined;
  const parts = text.split(".").map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}

function formatIpv4(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}
