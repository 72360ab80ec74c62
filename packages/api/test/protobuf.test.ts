// The protobuf codec: bodies that kubectl sends, round trips of random objects, and malformed input.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decode } from "../src/schema/decode.ts";
import { DecodeError } from "../src/schema/decode-error.ts";
import { decodeMembers } from "../src/protobuf/decode-message.ts";
import { encodeMembers } from "../src/protobuf/encode-message.ts";
import { decodeProtobuf, encodeProtobuf, readEnvelope } from "../src/protobuf/envelope.ts";
import { listMessageOf } from "../src/metadata/list-meta.ts";
import { status as statusMessage } from "../src/metadata/status.ts";
import { deleteOptions } from "../src/metadata/delete-options.ts";
import { deployment } from "../src/messages/apps/v1/deployment.ts";
import { tokenRequest } from "../src/messages/authentication/v1/token-request.ts";
import { lease } from "../src/messages/coordination/v1/lease.ts";
import { configMap } from "../src/messages/core/v1/config-map.ts";
import { event } from "../src/messages/core/v1/event.ts";
import { namespace } from "../src/messages/core/v1/namespace.ts";
import { node } from "../src/messages/core/v1/node.ts";
import { pod } from "../src/messages/core/v1/pod.ts";
import { secret } from "../src/messages/core/v1/secret.ts";
import { serviceAccount } from "../src/messages/core/v1/service-account.ts";
import { service } from "../src/messages/core/v1/service.ts";
import { endpointSlice } from "../src/messages/discovery/v1/endpoint-slice.ts";
import { message, of, mapOf, list, listOf, map, aString } from "../src/schema/schema.ts";
import { randomObject, seeded } from "./random-object.ts";

const golden = new URL("./golden/kubectl-protobuf.json", import.meta.url);
const { bodies } = JSON.parse(readFileSync(golden, "utf8")) as {
  bodies: { [command: string]: string };
};

describe("what kubectl sends", () => {
  it.each([
    ["create namespace a", namespace, { metadata: { name: "a" }, spec: {}, status: {} }],
    [
      "create configmap c --from-literal=a=b",
      configMap,
      { metadata: { name: "c" }, data: { a: "b" } },
    ],
    [
      "create secret generic s --from-literal=a=b",
      secret,
      { metadata: { name: "s" }, data: { a: "Yg==" } },
    ],
    ["create serviceaccount sa", serviceAccount, { metadata: { name: "sa" } }],
    [
      "create token sa --duration=1h",
      tokenRequest,
      { metadata: {}, spec: { expirationSeconds: 3600 }, status: {} },
    ],
    [
      "create service nodeport web --tcp=80:http",
      service,
      {
        metadata: { name: "web", labels: { app: "web" } },
        spec: {
          type: "NodePort",
          selector: { app: "web" },
          ports: [{ name: "80-http", protocol: "TCP", port: 80, targetPort: "http" }],
        },
        status: { loadBalancer: {} },
      },
    ],
    [
      "create deployment web --image=nginx --port=80 --replicas=2",
      deployment,
      {
        metadata: { name: "web", labels: { app: "web" } },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: "web" } },
          strategy: {},
          template: {
            metadata: { labels: { app: "web" } },
            spec: {
              containers: [
                { name: "nginx", image: "nginx", ports: [{ containerPort: 80 }], resources: {} },
              ],
            },
          },
        },
        status: {},
      },
    ],
  ])("%s", (command, schema, members) => {
    const envelope = readEnvelope(Buffer.from(bodies[command]!, "hex"));
    const object = decodeProtobuf<{ kind: string; apiVersion: string }>(schema, envelope);
    const { kind, apiVersion, ...rest } = object;
    expect({ kind, apiVersion }).toEqual({ kind: envelope.kind, apiVersion: envelope.apiVersion });
    expect(rest).toEqual(members);
  });
});

const messages = [
  configMap,
  deleteOptions,
  deployment,
  endpointSlice,
  event,
  lease,
  listMessageOf(pod),
  namespace,
  node,
  pod,
  secret,
  service,
  statusMessage,
].map((one) => [one.name, one] as const);

describe("round trips", () => {
  it.each(messages)("%s", (_name, schema) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      // What decoding JSON would keep, so that both forms must agree.
      const { object } = decode<object>(schema, randomObject(schema, seeded(seed)));
      const raw = encodeMembers(schema, object);
      const back = decodeProtobuf<object>(schema, { apiVersion: "", kind: "", raw });
      expect(stripEnvelope(back), `seed ${seed}`).toEqual(object);
      expect(encodeMembers(schema, back), `seed ${seed}`).toEqual(raw);
    }
  });

  it("keep lists and maps within maps", () => {
    const odd = message("io.k8s.api.test.v1.Odd", {
      extra: map(1, listOf(aString)),
      deep: map(2, mapOf(aString)),
      lists: list(3, listOf(aString)),
      boxes: map(
        4,
        of<object>(() => configMap),
      ),
    });
    const object = {
      extra: { a: ["x", "y"], b: [] },
      deep: { a: { b: "c" } },
      lists: [["x"], []],
      boxes: { a: { data: { b: "c" } } },
    };
    expect(decodeMembers(odd, encodeMembers(odd, object))).toEqual(object);
  });

  it("of a whole object keep its name and kind", () => {
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    const envelope = readEnvelope(encodeProtobuf(configMap, object));
    expect(decodeProtobuf(configMap, envelope)).toEqual(object);
  });
});

describe("malformed input", () => {
  it.each([
    ["", "empty data"],
    [
      "7b7d",
      "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]",
    ],
    ["6b387300", "empty body"],
    ["6b3873000aff", "unexpected EOF"],
  ])("%s: %s", (hex, text) => {
    expect(() => readEnvelope(Buffer.from(hex, "hex"))).toThrow(new DecodeError(text));
  });

  it("is refused by a DecodeError, whatever the bytes", () => {
    const next = seeded(7);
    const whole = encodeMembers(pod, randomObject(pod, seeded(3)));
    for (let round = 0; round < 2000; round += 1) {
      const bytes = whole.slice(0, Math.floor(next() * whole.length));
      if (bytes.length > 0) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      try {
        decodeProtobuf(pod, { apiVersion: "v1", kind: "Pod", raw: bytes });
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }
  });

  it("skips unknown numbers", () => {
    const raw = Buffer.concat([
      Buffer.from("fa3e0161f03e05", "hex"),
      encodeMembers(configMap, { data: { a: "b" } }),
    ]);
    expect(decodeMembers(configMap, raw)).toEqual({ data: { a: "b" } });
  });
});

function stripEnvelope(object: object): object {
  const { kind, apiVersion, ...rest } = object as { kind?: string; apiVersion?: string };
  return { ...(kind ? { kind } : {}), ...(apiVersion ? { apiVersion } : {}), ...rest };
}
