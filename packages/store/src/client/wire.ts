// The gateway's answers as they are on the wire. Members with zero values are absent.

export interface Header {
  revision?: string;
}

export interface WireKeyValue {
  key: string;
  value?: string;
  create_revision?: string;
  mod_revision?: string;
  version?: string;
}

export interface WireRange {
  header?: Header;
  kvs?: WireKeyValue[];
  more?: boolean;
  count?: string;
}

export interface WireTxn {
  header?: Header;
  succeeded?: boolean;
  responses?: { response_range?: WireRange }[];
}

export interface WireStatus {
  header?: Header;
  version?: string;
  dbSize?: string;
}

export interface WireEvent {
  type?: string;
  kv: WireKeyValue;
  prev_kv?: WireKeyValue;
}

export interface WireWatchResult {
  header?: Header;
  watch_id?: string;
  created?: boolean;
  canceled?: boolean;
  cancel_reason?: string;
  compact_revision?: string;
  events?: WireEvent[];
}
