// The form of an answer by the Accept header.

import { describe, expect, test } from "vitest";
import { negotiate, negotiateStream } from "../src/request/negotiate.ts";

const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

describe("negotiation", () => {
  test.each([
    [undefined, { encoding: "json", version: "v1" }],
    ["", { encoding: "json", version: "v1" }],
    ["*/*", { encoding: "json", version: "v1" }],
    ["application/*", { encoding: "json", version: "v1" }],
    ["application/yaml", { encoding: "yaml", version: "v1" }],
    ["application/yaml;q=0.1, application/json", { encoding: "json", version: "v1" }],
    ["application/vnd.kubernetes.protobuf,application/json", { encoding: "json", version: "v1" }],
    [`${TABLE},application/json`, { encoding: "json", as: "Table", version: "v1" }],
    [
      "application/json;as=Table;v=v1beta1;g=meta.k8s.io",
      { encoding: "json", as: "Table", version: "v1beta1" },
    ],
    [
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
      { encoding: "json", as: "PartialObjectMetadataList", version: "v1" },
    ],
    // what is asked for in an unknown form is passed over
    [
      "application/json;as=Chart;v=v1;g=meta.k8s.io,application/json",
      { encoding: "json", version: "v1" },
    ],
  ])("%s", (accept, expected) => {
    expect(negotiate(accept)).toEqual(expected);
  });

  test("nothing that we speak is not acceptable", () => {
    expect(() => negotiate("text/html")).toThrow(
      "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf",
    );
    expect(() => negotiateStream("application/yaml")).toThrow(
      "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch",
    );
  });

  test("a watch may name its stream", () => {
    expect(negotiateStream("application/json;stream=watch")).toEqual({
      encoding: "json",
      version: "v1",
    });
  });
});
