// Texts with a grammar of their own: IP addresses and image names.

import { expect, test } from "vitest";
import { parseImageName, parseIp } from "../src/index.ts";

test.each<[string, string | undefined]>([
  ["10.0.0.1", "IPv4"],
  ["010.0.0.1", "IPv4"],
  ["10.0.0", undefined],
  ["10.0.0.256", undefined],
  ["10.0.0.x", undefined],
  ["::", "IPv6"],
  ["::1", "IPv6"],
  ["2001:db8::ffff", "IPv6"],
  ["1:2:3:4:5:6:7:8", "IPv6"],
  ["1:2:3:4:5:6:7", undefined],
  ["1:2:3:4:5:6:7:8:9", undefined],
  ["1::2::3", undefined],
  ["::ffff:10.0.0.1", "IPv4"],
  ["fe80::1%eth0", undefined],
  ["12345::", undefined],
  ["", undefined],
])("address %j is %s", (text, family) => {
  expect(parseIp(text)?.family).toBe(family);
});

const sha = `sha256:${"a".repeat(64)}`;

test.each<[string, string | undefined]>([
  ["nginx", "docker.io/library/nginx latest"],
  ["nginx:1.20", "docker.io/library/nginx 1.20"],
  ["bitnami/redis", "docker.io/bitnami/redis latest"],
  ["docker.io/nginx", "docker.io/library/nginx latest"],
  ["index.docker.io/nginx", "docker.io/library/nginx latest"],
  ["quay.io/a/b:1", "quay.io/a/b 1"],
  ["localhost/a", "localhost/a latest"],
  ["host:5000/a/b", "host:5000/a/b latest"],
  [`nginx@${sha}`, `docker.io/library/nginx  ${sha}`],
  [`nginx:1@${sha}`, `docker.io/library/nginx 1 ${sha}`],
  ["Nginx", undefined],
  ["a b", undefined],
  ["nginx:", undefined],
  [":1", undefined],
  ["a//b", undefined],
  ["nginx@sha256:abc", undefined],
  ["a".repeat(64), undefined],
  ["", undefined],
])("image %j is %s", (image, name) => {
  const parsed = parseImageName(image);
  const shown = parsed && [parsed.repository, parsed.tag, parsed.digest].join(" ").trimEnd();
  expect(shown).toBe(name);
});
