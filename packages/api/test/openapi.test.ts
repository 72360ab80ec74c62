// The OpenAPI documents: what kubectl looks for in them, and that they hang together.

import { describe, expect, it } from "vitest";
import { kinds } from "../src/kinds/index.ts";
import { gnosticDocument } from "../src/openapi/gnostic.ts";
import { openApiV2 } from "../src/openapi/v2.ts";
import { encodeOpenApiV2 } from "../src/openapi/v2-protobuf.ts";
import { openApiV3Documents, openApiV3Index } from "../src/openapi/v3.ts";
import { decodeMembers } from "../src/protobuf/decode-message.ts";

// What every part of a document may look like, for reading it here.
interface Tree {
  [name: string]: Tree;
}
const tree = (document: unknown) => document as Tree;

const documents = openApiV3Documents(kinds);
const apps = tree(documents.get("apis/apps/v1"));
const core = tree(documents.get("api/v1"));
const swagger = openApiV2(kinds);

describe("version 3", () => {
  it("has a document for every group and version", () => {
    expect([...documents.keys()]).toEqual(
      expect.arrayContaining(["api/v1", "apis/apps/v1", "apis/coordination.k8s.io/v1"]),
    );
    expect(openApiV3Index(new Map([["api/v1", "A1"]]))).toEqual({
      paths: { "api/v1": { serverRelativeURL: "/openapi/v3/api/v1?hash=A1" } },
    });
  });

  it.each<[string, string, object]>([
    [
      "io.k8s.api.core.v1.Container",
      "ports",
      {
        type: "array",
        items: { $ref: "#/components/schemas/io.k8s.api.core.v1.ContainerPort" },
        "x-kubernetes-list-map-keys": ["containerPort", "protocol"],
        "x-kubernetes-list-type": "map",
        "x-kubernetes-patch-merge-key": "containerPort",
        "x-kubernetes-patch-strategy": "merge",
      },
    ],
    [
      "io.k8s.api.core.v1.Container",
      "resources",
      {
        allOf: [{ $ref: "#/components/schemas/io.k8s.api.core.v1.ResourceRequirements" }],
        default: {},
      },
    ],
    ["io.k8s.api.core.v1.Container", "name", { type: "string", default: "" }],
    [
      "io.k8s.api.core.v1.Container",
      "imagePullPolicy",
      { type: "string", enum: ["Always", "IfNotPresent", "Never"] },
    ],
    [
      "io.k8s.api.core.v1.PodSpec",
      "volumes",
      {
        type: "array",
        items: { $ref: "#/components/schemas/io.k8s.api.core.v1.Volume" },
        "x-kubernetes-list-map-keys": ["name"],
        "x-kubernetes-list-type": "map",
        "x-kubernetes-patch-merge-key": "name",
        "x-kubernetes-patch-strategy": "merge,retainKeys",
      },
    ],
    [
      "io.k8s.api.core.v1.ResourceRequirements",
      "limits",
      {
        type: "object",
        additionalProperties: {
          $ref: "#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity",
        },
      },
    ],
  ])("describes %s %s", (name, member, described) => {
    expect(core["components"]!["schemas"]![name]!["properties"]![member]).toEqual(described);
  });

  it("names the kind of each kind's schema and operations", () => {
    const gvk = { group: "apps", kind: "Deployment", version: "v1" };
    const schemas = apps["components"]!["schemas"]!;
    expect(schemas["io.k8s.api.apps.v1.Deployment"]).toMatchObject({
      type: "object",
      "x-kubernetes-group-version-kind": [gvk],
    });
    const path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";
    expect(apps["paths"]![path]!["patch"]).toMatchObject({
      operationId: "patchAppsV1NamespacedDeployment",
      "x-kubernetes-action": "patch",
      "x-kubernetes-group-version-kind": gvk,
    });
  });

  it("tells kubectl that the server validates fields", () => {
    const path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";
    const parameters = apps["paths"]![path]!["patch"]!["parameters"] as unknown as object[];
    expect(parameters).toContainEqual(
      expect.objectContaining({ name: "fieldValidation", in: "query" }),
    );
  });

  it.each([...documents])("%s refers to nothing that it lacks", (_path, document) => {
    const defined = Object.keys(tree(document)["components"]!["schemas"]!);
    const missing = referencesIn(document).filter(
      (one) => !defined.includes(one.slice("#/components/schemas/".length)),
    );
    expect(missing).toEqual([]);
  });

  it("gives every operation a name of its own", () => {
    const ids = [...documents.values()].flatMap((document) =>
      Object.values(tree(document)["paths"]!).flatMap((item) =>
        Object.values(item).flatMap(({ operationId }) => operationId ?? []),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("version 2", () => {
  it("refers to nothing that it lacks", () => {
    const missing = referencesIn(swagger).filter(
      (one) => swagger.definitions[one.slice("#/definitions/".length)] === undefined,
    );
    expect(missing).toEqual([]);
  });

  it("travels as protobuf", () => {
    const back = tree(decodeMembers(gnosticDocument, encodeOpenApiV2(swagger)));
    expect(back["swagger"]).toBe("2.0");
    const definitions = back["definitions"]!["items"] as unknown as Tree[];
    expect(definitions.map(({ name }) => name)).toEqual(Object.keys(swagger.definitions));
    const port = definitions.find(
      ({ name }) => String(name) === "io.k8s.api.core.v1.ContainerPort",
    )!;
    expect(port["value"]).toMatchObject({
      required: ["containerPort"],
      type: { value: ["object"] },
      properties: {
        items: expect.arrayContaining([
          { name: "hostPort", value: { type: { value: ["integer"] }, format: "int32" } },
        ]),
      },
    });
    const paths = back["paths"]!["items"] as unknown as Tree[];
    expect(paths.map(({ name }) => name)).toEqual(Object.keys(swagger.paths));
  });
});

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "$ref" ? [String(member)] : referencesIn(member),
  );
}
