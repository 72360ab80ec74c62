// Decoding and defaulting: types, unknown members, duplicates, and what is dropped or filled in.

import { describe, expect, it } from "vitest";
import { decode } from "../src/schema/decode.ts";
import { cannotBeHandled, strictDecodingError } from "../src/schema/decode-error.ts";
import { applyDefaults } from "../src/schema/defaults.ts";
import { findDuplicateFields } from "../src/schema/duplicate-fields.ts";
import { configMap } from "../src/messages/core/v1/config-map.ts";
import { deployment } from "../src/messages/apps/v1/deployment.ts";
import { event } from "../src/messages/core/v1/event.ts";
import { pod } from "../src/messages/core/v1/pod.ts";
import { secret } from "../src/messages/core/v1/secret.ts";
import { service } from "../src/messages/core/v1/service.ts";

describe("decoding", () => {
  it.each([
    [
      deployment,
      { spec: { replicas: "3" } },
      "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
    ],
    [
      deployment,
      { spec: { replicas: 1.5 } },
      "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
    ],
    [
      deployment,
      { spec: "x" },
      "json: cannot unmarshal string into Go struct field Deployment.spec of type v1.DeploymentSpec",
    ],
    [
      pod,
      { spec: { containers: [{ env: [{ name: "A", value: 1 }] }] } },
      "json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string",
    ],
    [
      pod,
      { spec: { containers: {} } },
      "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container",
    ],
    [
      pod,
      { metadata: { labels: { a: true } } },
      "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string",
    ],
    [
      service,
      { spec: { ports: [{ targetPort: true }] } },
      "json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32",
    ],
    [
      pod,
      { metadata: { creationTimestamp: "yesterday" } },
      'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
    ],
    [
      pod,
      { spec: { containers: [{ resources: { limits: { cpu: "much" } } }] } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [secret, { data: { a: "!" } }, "illegal base64 data at input byte 0"],
    [pod, [], "json: cannot unmarshal array into Go value of type v1.Pod"],
  ])("%# says what does not fit", (message, value, text) => {
    expect(() => decode(message, value)).toThrow(
      expect.objectContaining({ name: "DecodeError", message: text }),
    );
  });

  it.each<[string, object, object]>([
    [
      "nulls",
      { spec: { containers: [{ name: "a", readinessProbe: null }] } },
      { spec: { containers: [{ name: "a" }] } },
    ],
    [
      "zeros that need not be given",
      { spec: { containers: [], hostNetwork: false } },
      { spec: { containers: [] } },
    ],
    ["empty lists and maps", { metadata: { labels: {}, finalizers: [] } }, { metadata: {} }],
  ])("drops %s", (_what, given, kept) => {
    expect(decode(pod, given).object).toEqual(kept);
  });

  it("keeps explicit zeros", () => {
    const given = { spec: { replicas: 0, revisionHistoryLimit: 0 } };
    expect(decode(deployment, given).object).toEqual(given);
  });

  it("puts zero values where lists and maps hold null", () => {
    const given = { metadata: { labels: { a: null } }, spec: { containers: [null] } };
    expect(decode(pod, given).object).toEqual({
      metadata: { labels: { a: "" } },
      spec: { containers: [{}] },
    });
  });

  it("brings times into UTC and their layout", () => {
    const given = {
      firstTimestamp: "2026-01-02T03:04:05.6+02:00",
      eventTime: "2026-01-02T03:04:05.1234567Z",
    };
    expect(decode(event, given).object).toEqual({
      firstTimestamp: "2026-01-02T01:04:05Z",
      eventTime: "2026-01-02T03:04:05.123456Z",
    });
  });

  it("takes numbers for quantities", () => {
    const given = { spec: { containers: [{ name: "a", resources: { limits: { cpu: 2 } } }] } };
    const { object } = decode<{ spec: { containers: { resources: object }[] } }>(pod, given);
    expect(object.spec.containers[0]!.resources).toEqual({ limits: { cpu: "2" } });
  });

  it("orders members as the schema does", () => {
    const { object } = decode<object>(pod, { spec: { containers: [] }, metadata: {}, kind: "Pod" });
    expect(Object.keys(object)).toEqual(["kind", "metadata", "spec"]);
  });

  it("prunes unknown members and names them", () => {
    const given = {
      spec: { foo: 1, template: { spec: { containers: [{ nmae: "x" }] } } },
      bar: {},
    };
    const { object, unknownFields } = decode(deployment, given);
    expect(object).toEqual({ spec: { template: { spec: { containers: [{}] } } } });
    expect(
      cannotBeHandled({ version: "v1", kind: "Deployment" }, strictDecodingError(unknownFields)),
    ).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ' +
        'unknown field "spec.template.spec.containers[0].nmae", unknown field "spec.foo", unknown field "bar"',
    );
  });

  it("is not led astray by names of the prototype", () => {
    const given = JSON.parse(
      '{"data": {"__proto__": "x", "": "y"}, "__proto__": {"a": 1}, "constructor": 1}',
    );
    const { object, unknownFields } = decode<{ data: object }>(configMap, given);
    expect(JSON.stringify(object)).toBe('{"data":{"__proto__":"x","":"y"}}');
    expect(unknownFields).toEqual(['unknown field "__proto__"', 'unknown field "constructor"']);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it("refuses to follow endless nesting", () => {
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    expect(() => decode(pod, { metadata: { managedFields: [{ fieldsV1: deep }] } })).toThrow(
      "exceeded max depth",
    );
  });
});

describe("duplicates", () => {
  it.each([
    ['{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', ["b.c", "a"]],
    ['{"l": [{"x": 1}, {"x": 1, "x": 2}], "l": []}', ["l[1].x", "l"]],
    ['{"a": "{\\"b\\": 1, \\"b\\": 2}", "b": ["a", "a"]}', []],
    ['{"a\\u0062": 1, "ab": 2}', ["ab"]],
    ['[{"a": 1}, {"a": 1}]', []],
  ])("%s", (text, paths) => {
    expect(findDuplicateFields(text)).toEqual(paths.map((path) => `duplicate field "${path}"`));
  });
});

describe("defaults", () => {
  it("fill what is absent, within what is present", () => {
    const object = { spec: { containers: [{ name: "a", ports: [{ containerPort: 80 }] }] } };
    applyDefaults(pod, object);
    expect(object).toEqual({
      metadata: {},
      status: {},
      spec: {
        containers: [{ name: "a", ports: [{ containerPort: 80, protocol: "TCP" }], resources: {} }],
      },
    });
  });

  it("are the same when filled twice, and never shared", () => {
    const [one, other] = [{ spec: {} }, { spec: {} }] as { metadata?: object; spec?: object }[];
    applyDefaults(deployment, one!);
    const first = structuredClone(one);
    applyDefaults(deployment, one!);
    applyDefaults(deployment, other!);
    expect(one).toEqual(first);
    expect(one!.metadata).not.toBe(other!.metadata);
  });
});
