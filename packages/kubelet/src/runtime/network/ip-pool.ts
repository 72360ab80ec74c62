// A node's pod addresses: handed out in turn, so that an address rests before it is used again.

export class IpPool {
  readonly #first: number;
  readonly #last: number;
  readonly #used = new Set<number>();
  #next: number;

  /** @param cidr `10.244.1.0/24`; the first address is the gateway's, the last is the broadcast's */
  constructor(cidr: string) {
    const [ip, bits] = cidr.split("/") as [string, string];
    const network = numberOf(ip);
    this.#first = network + 2;
    this.#last = network + 2 ** (32 - Number(bits)) - 2;
    this.#next = this.#first;
  }

  get gateway(): string {
    return textOf(this.#first - 1);
  }

  contains(ip: string): boolean {
    const number = numberOf(ip);
    return number >= this.#first - 1 && number <= this.#last;
  }

  /** @throws Error in the address plugin's words when all are taken */
  take(): string {
    const size = this.#last - this.#first + 1;
    if (this.#used.size >= size) {
      const range = `${textOf(this.#first - 1)}-${textOf(this.#last)}`;
      throw new Error(
        `failed to allocate for range 0: no IP addresses available in range set: ${range}`,
      );
    }
    while (this.#used.has(this.#next)) this.#advance();
    const taken = this.#next;
    this.#used.add(taken);
    this.#advance();
    return textOf(taken);
  }

  giveBack(ip: string): void {
    this.#used.delete(numberOf(ip));
  }

  #advance(): void {
    this.#next = this.#next === this.#last ? this.#first : this.#next + 1;
  }
}

function numberOf(ip: string): number {
  return ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
