// What etcd answers when a request cannot be carried out: its texts, gRPC codes and HTTP statuses.

const CODES = {
  invalid: { code: 3, status: 400 },
  missing: { code: 5, status: 404 },
  precondition: { code: 9, status: 412 },
  exhausted: { code: 8, status: 429 },
  outOfRange: { code: 11, status: 400 },
  unimplemented: { code: 12, status: 501 },
  internal: { code: 13, status: 500 },
  unavailable: { code: 14, status: 503 },
} as const;

export class EtcdError extends Error {
  readonly code: number;
  readonly status: number;

  constructor(kind: keyof typeof CODES, message: string) {
    super(message);
    this.name = "EtcdError";
    this.code = CODES[kind].code;
    this.status = CODES[kind].status;
  }

  /** ASCII alone, as all of the gateway's text. */
  toJson(): string {
    const { message, code } = this;
    return JSON.stringify({ error: message, message, code }).replace(
      /[^\0-\x7f]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  }
}

export const keyMissing = () => new EtcdError("invalid", "etcdserver: key is not provided");
export const duplicateKey = () =>
  new EtcdError("invalid", "etcdserver: duplicate key given in txn request");
export const tooManyOperations = () =>
  new EtcdError("invalid", "etcdserver: too many operations in txn request");
export const requestTooLarge = () => new EtcdError("invalid", "etcdserver: request is too large");
export const keyNotFound = () => new EtcdError("invalid", "etcdserver: key not found");
export const valueProvided = () => new EtcdError("invalid", "etcdserver: value is provided");
export const leaseNotFound = () =>
  new EtcdError("missing", "etcdserver: requested lease not found");
export const leaseExists = () => new EtcdError("precondition", "etcdserver: lease already exists");
export const leaseTooLong = () => new EtcdError("outOfRange", "etcdserver: too large lease TTL");
export const leaseProvided = () => new EtcdError("invalid", "etcdserver: lease is provided");
export const compacted = () =>
  new EtcdError("outOfRange", "etcdserver: mvcc: required revision has been compacted");
export const futureRevision = () =>
  new EtcdError("outOfRange", "etcdserver: mvcc: required revision is a future revision");
export const stopped = () => new EtcdError("unavailable", "etcdserver: server stopped");
