// The list of described images: one file and one line each.

import { alpine, busybox } from "./busybox.ts";
import { centos, debian, ubuntu } from "./distributions.ts";
import type { CatalogueEntry } from "./image.ts";
import { nginx } from "./nginx/nginx.ts";
import { official } from "./official.ts";
import { pause } from "./pause.ts";
import { redis } from "./redis/redis.ts";
import { tomcat } from "./tomcat/tomcat.ts";

export const catalogue: readonly CatalogueEntry[] = [
  alpine,
  busybox,
  centos,
  debian,
  nginx,
  pause,
  redis,
  tomcat,
  ubuntu,
  ...official,
];
