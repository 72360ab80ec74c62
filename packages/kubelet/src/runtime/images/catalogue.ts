// The list of described images: one file and one line each.

import { agnhost } from "./agnhost/agnhost.ts";
import { alpine, busybox } from "./busybox.ts";
import { centos, debian, ubuntu } from "./distributions.ts";
import { curl, dnsUtils } from "./curl.ts";
import { mongo } from "./databases/mongo.ts";
import { mysql } from "./databases/mysql.ts";
import { postgres } from "./databases/postgres.ts";
import { echoserver } from "./echoserver.ts";
import { helloApp } from "./hello-app.ts";
import { httpEcho } from "./http-echo.ts";
import { httpd } from "./httpd/httpd.ts";
import type { CatalogueEntry } from "./image.ts";
import { nodeImages, pythonImages } from "./languages.ts";
import { nginx } from "./nginx/nginx.ts";
import { official } from "./official.ts";
import { pause } from "./pause.ts";
import { phpImages } from "./php/php.ts";
import { redis } from "./redis/redis.ts";
import { tomcat } from "./tomcat/tomcat.ts";

export const catalogue: readonly CatalogueEntry[] = [
  agnhost,
  alpine,
  busybox,
  centos,
  curl,
  debian,
  dnsUtils,
  echoserver,
  helloApp,
  httpEcho,
  httpd,
  mongo,
  mysql,
  nginx,
  nodeImages,
  pause,
  phpImages,
  postgres,
  pythonImages,
  redis,
  tomcat,
  ubuntu,
  ...official,
];
