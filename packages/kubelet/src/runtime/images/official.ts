// Official images without a program of their own yet: the generic one stands in, on their ports.

import { genericImage } from "./generic.ts";
import type { CatalogueEntry } from "./image.ts";

const PORTS: { readonly [name: string]: readonly number[] } = {
  adminer: [8080],
  caddy: [80, 443],
  cassandra: [9042],
  consul: [8500],
  couchdb: [5984],
  drupal: [80],
  elasticsearch: [9200, 9300],
  "eclipse-mosquitto": [1883],
  fluentd: [24224],
  ghost: [2368],
  golang: [],
  haproxy: [],
  influxdb: [8086],
  jenkins: [8080],
  joomla: [80],
  kibana: [5601],
  logstash: [5044],
  memcached: [11211],
  nats: [4222, 8222],
  neo4j: [7474, 7687],
  nextcloud: [80],
  openjdk: [],
  "eclipse-temurin": [],
  perl: [],
  phpmyadmin: [80],
  rabbitmq: [5672],
  redmine: [3000],
  registry: [5000],
  ruby: [],
  solr: [8983],
  traefik: [80],
  varnish: [80],
  vault: [8200],
  wordpress: [80],
  zookeeper: [2181],
};

const SIZE_BYTES = 52_000_000;

export const official: readonly CatalogueEntry[] = Object.entries(PORTS).map(([name, ports]) => ({
  repositories: [`docker.io/library/${name}`],
  image: () => genericImage(SIZE_BYTES + name.length * 4_000_000, ports),
}));
