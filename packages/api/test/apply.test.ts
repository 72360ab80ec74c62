// Server-side apply and managedFields, as short stories: who does what, and who owns what then.

import { describe, expect, it } from "vitest";
import { apply } from "../src/apply/apply.ts";
import { compare } from "../src/apply/compare.ts";
import { equalButForTimes } from "../src/apply/equal-but-for-times.ts";
import {
  difference,
  fromFieldsV1,
  intersection,
  pathsOf,
  toFieldsV1,
  union,
} from "../src/apply/field-set.ts";
import { fieldsOf } from "../src/apply/fields-of.ts";
import { showPath } from "../src/apply/path-element.ts";
import { trackUpdate } from "../src/apply/track-update.ts";
import type { StatusError } from "../src/errors/status-error.ts";
import type { KubernetesObject } from "../src/kind.ts";
import { deployment } from "../src/messages/apps/v1/deployment.ts";
import { configMap } from "../src/messages/core/v1/config-map.ts";
import { pod } from "../src/messages/core/v1/pod.ts";
import { service } from "../src/messages/core/v1/service.ts";
import { decode } from "../src/schema/decode.ts";
import { applyDefaults } from "../src/schema/defaults.ts";
import type { Message } from "../src/schema/schema.ts";
import { randomObject, seeded } from "./random-object.ts";

type Anything = KubernetesObject & { [name: string]: unknown };

/** One object's life: every step takes a second and is decoded and defaulted as the server does. */
class Story {
  live: Anything | undefined;
  #seconds = 0;
  readonly #message: Message;
  readonly #type: { apiVersion: string; kind: string };

  constructor(message: Message, apiVersion: string, kind: string) {
    this.#message = message;
    this.#type = { apiVersion, kind };
  }

  apply(manager: string, applied: object, force = false): this {
    const wanted = apply(this.#message, {
      ...this.#operation(manager),
      kind: this.#type.kind,
      live: this.live,
      applied: { ...this.#type, metadata: { name: "a" }, ...structuredClone(applied) },
      force,
    });
    return this.#store(wanted);
  }

  update(manager: string, change: object, subresource = ""): this {
    const object = this.#read({ ...(this.live ?? { metadata: { name: "a" } }), ...change });
    const live = this.live;
    trackUpdate(this.#message, { live, object }, { ...this.#operation(manager), subresource });
    return this.#store(object);
  }

  refusal(manager: string, applied: object): StatusError {
    try {
      this.apply(manager, applied);
    } catch (error) {
      return error as StatusError;
    }
    throw new Error("was not refused");
  }

  /** `kubectl Apply: .spec.replicas .spec.paused` */
  owners(): string[] {
    return (this.live?.metadata.managedFields ?? []).map((entry) => {
      const part = entry.subresource === undefined ? "" : `/${entry.subresource}`;
      const paths = [...pathsOf(fromFieldsV1(entry.fieldsV1))].map(showPath);
      return `${entry.manager} ${entry.operation}${part}: ${paths.join(" ")}`;
    });
  }

  #operation(manager: string) {
    this.#seconds += 1;
    const now = `2026-01-01T00:00:${String(this.#seconds).padStart(2, "0")}Z`;
    return { manager, apiVersion: this.#type.apiVersion, subresource: "", now };
  }

  #read(object: object): Anything {
    const decoded = decode<Anything>(this.#message, { ...this.#type, ...structuredClone(object) });
    applyDefaults(this.#message, decoded.object);
    return decoded.object;
  }

  #store(object: object): this {
    this.live = this.#read(object);
    this.live.metadata.uid = "1";
    return this;
  }
}

const maps = () => new Story(configMap, "v1", "ConfigMap");
const deployments = () => new Story(deployment, "apps/v1", "Deployment");
const web = (container: object, spec: object = {}) => ({
  spec: {
    ...spec,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "nginx", ...container }] },
    },
  },
});

describe("fields", () => {
  it("are written as the server writes them after a create", () => {
    const story = deployments().update("kubectl-create", {
      metadata: { name: "a", labels: { app: "web" } },
      ...web(
        {
          image: "nginx",
          ports: [{ containerPort: 80 }],
          livenessProbe: { httpGet: { port: 80 } },
        },
        { replicas: 2 },
      ),
    });
    expect(story.live!.metadata.managedFields).toEqual([
      {
        manager: "kubectl-create",
        operation: "Update",
        apiVersion: "apps/v1",
        time: "2026-01-01T00:00:01Z",
        fieldsType: "FieldsV1",
        fieldsV1: {
          "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
          "f:spec": {
            "f:replicas": {},
            "f:selector": {},
            "f:template": {
              "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
              "f:spec": {
                "f:containers": {
                  'k:{"name":"nginx"}': {
                    ".": {},
                    "f:image": {},
                    "f:livenessProbe": { ".": {}, "f:httpGet": { ".": {}, "f:port": {} } },
                    "f:name": {},
                    "f:ports": {
                      ".": {},
                      'k:{"containerPort":80,"protocol":"TCP"}': {
                        ".": {},
                        "f:containerPort": {},
                        "f:protocol": {},
                      },
                    },
                    "f:resources": {},
                  },
                },
              },
            },
          },
        },
      },
    ]);
  });

  it("survive the way to JSON and back", () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const fields = fieldsOf(configMap, randomObject(configMap, seeded(seed)));
      expect(fromFieldsV1(toFieldsV1(fields))).toEqual(fields);
    }
  });

  it.each([
    ["not: an object", []],
    ["an unfinished step", { f: {} }],
    ["a key that is no JSON", { "k:{": {} }],
    ["a missing colon", { fx: {} }],
  ])("are refused as %s", (_what, fields) => {
    expect(() => fromFieldsV1(fields)).toThrow();
  });
});

describe("set algebra", () => {
  const set = (fields: object) => fromFieldsV1(fields);
  const a = set({ "f:x": {}, "f:y": { ".": {}, "f:z": {} } });
  const b = set({ "f:y": { "f:z": {}, "f:w": {} } });

  it("joins, meets and takes away paths", () => {
    const paths = (one: typeof a) => [...pathsOf(one)].map(showPath);
    expect(paths(union(a, b))).toEqual([".x", ".y", ".y.w", ".y.z"]);
    expect(paths(intersection(a, b))).toEqual([".y.z"]);
    expect(paths(difference(a, b))).toEqual([".x", ".y"]);
    expect(paths(difference(b, a))).toEqual([".y.w"]);
  });
});

describe("updates", () => {
  it("take over what they change and leave the rest", () => {
    const story = maps()
      .update("one", { data: { a: "1", b: "1" } })
      .update("two", { data: { a: "1", b: "2" } });
    expect(story.owners()).toEqual(["one Update: .data .data.a", "two Update: .data.b"]);
  });

  it("take removed fields from everyone", () => {
    const story = maps()
      .update("one", { data: { a: "1" } })
      .update("two", { data: {} });
    expect(story.live!.metadata.managedFields).toBeUndefined();
  });

  it("that change nothing leave times alone", () => {
    const story = maps().update("one", { data: { a: "1" } });
    const before = story.live!;
    story.update("one", {});
    expect(story.live).toEqual(before);
  });

  it("of the status are told apart", () => {
    const story = deployments()
      .update("kubectl", web({ image: "x" }))
      .update("controller", { status: { replicas: 1 } }, "status");
    expect(story.owners()[1]).toBe("controller Update/status: .status.replicas");
    story.update("kubectl", { status: { replicas: 5 } });
    expect(story.owners()[1]).toBe("controller Update/status: .status.replicas");
  });

  it("forget everybody when asked to", () => {
    const story = maps().update("one", { data: { a: "1" } });
    story.update("two", { metadata: { name: "a", uid: "1", managedFields: [] } });
    expect(story.live!.metadata.managedFields).toBeUndefined();
  });

  it("by many managers are merged into one", () => {
    const story = maps();
    for (let n = 0; n < 13; n += 1) {
      story.update(`m${n}`, { data: { ...(story.live?.["data"] as object), [`k${n}`]: "x" } });
    }
    const managers = story.live!.metadata.managedFields!.map(({ manager }) => manager);
    expect(managers).toHaveLength(10);
    expect(managers[0]).toBe("ancient-changes");
    expect(story.owners()[0]).toContain(".data.k0 .data.k1 .data.k2");
  });
});

describe("apply", () => {
  it("creates, and owns what it names", () => {
    const story = maps().apply("one", { data: { a: "1" } });
    expect(story.live!["data"]).toEqual({ a: "1" });
    expect(story.owners()).toEqual(["one Apply: .data.a"]);
  });

  it("takes away what its manager no longer names", () => {
    const story = maps()
      .apply("one", { data: { a: "1", b: "1" } })
      .apply("one", { data: { b: "1" } });
    expect(story.live!["data"]).toEqual({ b: "1" });
    expect(story.owners()).toEqual(["one Apply: .data.b"]);
  });

  it("leaves what others own too", () => {
    const story = maps()
      .apply("one", { data: { a: "1" } })
      .apply("two", { data: { a: "1" } })
      .apply("one", { data: {} });
    expect(story.live!["data"]).toEqual({ a: "1" });
    expect(story.owners()).toEqual(["two Apply: .data.a", "one Apply: .data"]);
  });

  it("refuses to change what another manager owns", () => {
    const story = deployments().update(
      "kubectl-client-side-apply",
      web({ image: "x" }, { replicas: 1 }),
    );
    const refusal = story.refusal("kubectl-x", web({ image: "x" }, { replicas: 2 }));
    expect(refusal.status).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message:
        'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas',
      reason: "Conflict",
      details: {
        causes: [
          {
            reason: "FieldManagerConflict",
            message: 'conflict with "kubectl-client-side-apply" using apps/v1',
            field: ".spec.replicas",
          },
        ],
      },
      code: 409,
    });
  });

  it("tells several conflicts by their owners", () => {
    const story = deployments()
      .apply("one", web({ image: "x" }))
      .update("two", { metadata: { name: "a", uid: "1", labels: { a: "b" } } });
    const refusal = story.refusal("three", {
      metadata: { name: "a", labels: { a: "c" } },
      ...web({ image: "y" }),
    });
    expect(refusal.message).toBe(
      [
        'Apply failed with 2 conflicts: conflicts with "one":',
        '- .spec.template.spec.containers[name="nginx"].image',
        'conflicts with "two" using apps/v1:',
        "- .metadata.labels.a",
      ].join("\n"),
    );
  });

  it("takes over when forced", () => {
    const story = maps()
      .update("one", { data: { a: "1" } })
      .apply("two", { data: { a: "2" } }, true);
    expect(story.live!["data"]).toEqual({ a: "2" });
    expect(story.owners()).toEqual(["two Apply: .data.a", "one Update: .data"]);
  });

  it("accepts null members", () => {
    const story = deployments().apply("kubectl", web({ image: "x", readinessProbe: null }));
    const { template } = story.live!["spec"] as { template: { spec: { containers: object[] } } };
    expect(template.spec.containers).toEqual([{ name: "nginx", image: "x", resources: {} }]);
    expect(story.owners()[0]).toContain(
      '.spec.template.spec.containers[name="nginx"].readinessProbe',
    );
  });

  it("merges lists by key, in the order of the applied list", () => {
    const names = (story: Story) =>
      (story.live!["spec"] as { containers: { name: string }[] }).containers.map(
        ({ name }) => name,
      );
    const containers = (...of: string[]) => ({
      spec: { containers: of.map((name) => ({ name, image: "x" })) },
    });
    const story = new Story(pod, "v1", "Pod").apply("one", containers("a", "b"));
    expect(names(story.apply("two", containers("c", "b")))).toEqual(["a", "c", "b"]);
    expect(names(story.apply("one", containers("b")))).toEqual(["c", "b"]);
  });

  it("gives what lay unmanaged an owner first", () => {
    const story = maps().update("one", { data: { a: "1" } });
    delete story.live!.metadata.managedFields;
    const refusal = story.refusal("two", { data: { a: "2" } });
    expect(refusal.message).toBe(
      'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a',
    );
  });

  it("by kubectl takes over what client-side apply left, and keeps its annotation true", () => {
    const last = JSON.stringify({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a" },
      data: { a: "1" },
    });
    const key = "kubectl.kubernetes.io/last-applied-configuration";
    const story = maps()
      .update("kubectl-client-side-apply", {
        metadata: { name: "a", annotations: { [key]: last } },
        data: { a: "1" },
      })
      .apply("kubectl", { data: { a: "2" } });
    expect(story.live!["data"]).toEqual({ a: "2" });
    expect(story.live!.metadata.annotations![key]).toBe(
      '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"a"}}\n',
    );
    expect(() =>
      maps()
        .update("x", { data: { a: "1" } })
        .apply("kubectl", { data: { a: "2" } }),
    ).toThrow("Apply failed with 1 conflict");
  });

  it("that changes nothing changes nothing", () => {
    const story = maps().apply("one", { data: { a: "1" } });
    const before = structuredClone(story.live!);
    story.apply("one", { data: { a: "1" } });
    expect(story.live).toEqual(before);
    expect(equalButForTimes(story.live!, before)).toBe(true);
  });

  it.each<[object, string]>([
    [{ spec: { foo: 1 } }, ".spec.foo: field not declared in schema"],
    [
      { spec: { replicas: "3" } },
      '.spec.replicas: expected numeric (int or float), got &value.valueUnstructured{Value:"3"}',
    ],
    [
      { spec: { template: { spec: { containers: [{ name: "a" }, { name: "a" }] } } } },
      '.spec.template.spec.containers: duplicate entries for key [name="a"]',
    ],
    [
      { spec: { template: { spec: { containers: [{ image: "a" }] } } } },
      '.spec.template.spec.containers: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
    ],
  ])("refuses %j", (applied, text) => {
    const refusal = deployments().refusal("one", applied);
    expect(refusal.code).toBe(500);
    expect(refusal.message).toBe(
      `failed to create typed patch object (/a; apps/v1, Kind=Deployment): ${text}`,
    );
  });

  it.each<[object, string]>([
    [{ apiVersion: "v2" }, "invalid object type: /v2, Kind=ConfigMap"],
    [{ kind: "Secret" }, "invalid object type: /v1, Kind=Secret"],
    [{ metadata: { managedFields: [] } }, "metadata.managedFields must be nil"],
  ])("refuses %j", (applied, text) => {
    expect(maps().refusal("one", applied).status).toMatchObject({ code: 400, message: text });
  });
});

describe("comparing", () => {
  it("finds nothing between equals, and the same fields both ways round", () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const [one, other] = [1, 2].map((n) => randomObject(service, seeded(seed * n), 4));
      const there = compare(service, { old: one, new: other });
      const back = compare(service, { old: other, new: one });
      expect(there.added).toEqual(back.removed);
      expect([...pathsOf(there.modified)].sort()).toEqual([...pathsOf(back.modified)].sort());
      const same = compare(service, { old: one, new: structuredClone(one) });
      expect([same.added.members.size, same.added.children.size]).toEqual([0, 0]);
    }
  });
});
