// What is refused before the store is asked.

import { EtcdError } from "../etcd-error.ts";

export const invalid = (message: string): EtcdError => new EtcdError("invalid", message);
