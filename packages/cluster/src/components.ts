// The parts of a cluster, in the order in which they need each other, and what each is told.

import type { Clock, Random } from "@kubonsai/clock";
import { loadProcessOptions } from "@kubonsai/client";
import type { Certificates, PairFiles } from "./certificates/provide.ts";
import type { DataFolder } from "./data-folder.ts";
import { HOST, SERVICE_CIDR, type ClusterOptions } from "./options.ts";
import type { Component } from "./processes/component.ts";

export interface Setting {
  options: ClusterOptions;
  folder: DataFolder;
  certificates: Certificates;
  port: number;
}
