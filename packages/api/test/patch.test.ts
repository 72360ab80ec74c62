// Patches, one a line: before | patch | after. `!` begins an error.

import { describe, expect, it } from "vitest";
import { jsonPatch } from "../src/patch/json-patch.ts";
import { mergePatch } from "../src/patch/merge-patch.ts";
import { strategicMerge } from "../src/patch/strategic-merge.ts";
import { deployment } from "../src/messages/apps/v1/deployment.ts";
import { podSpec } from "../src/messages/core/v1/pod-spec.ts";
import { service } from "../src/messages/core/v1/service.ts";
import { pod } from "../src/messages/core/v1/pod.ts";

/** Bare words are strings: `{a: b, n: 1}`. */
const json = (text: string): unknown =>
  JSON.parse(
    text.replace(/[$/A-Za-z_.][\w$./-]*/g, (word) =>
      /^(null|true|false)$/.test(word) ? word : JSON.stringify(word),
    ),
  );

const cases = (table: string) =>
  table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()) as [string, string, string]);

function check(patch: (before: never, change: never) => unknown, line: [string, string, string]) {
  const [before, change, after] = line;
  const [object, given] = [json(before), json(change)];
  const untouched = structuredClone([object, given]);
  const run = () => patch(object as never, given as never);
  if (after.startsWith("!")) expect(run).toThrow(after.slice(1).trim());
  else expect(run()).toEqual(json(after));
  expect([object, given]).toEqual(untouched);
}

describe("merge patch", () => {
  it.each(
    cases(`
      {a: b}             | {a: c}                     | {a: c}
      {a: b}             | {b: c}                     | {a: b, b: c}
      {a: b}             | {a: null}                  | {}
      {a: [b]}           | {a: c}                     | {a: c}
      {a: {b: c}}        | {a: {b: d, c: null}}       | {a: {b: d}}
      {a: [{b: c}]}      | {a: [1]}                   | {a: [1]}
      {a: foo}           | bar                        | bar
      {e: null}          | {a: 1}                     | {e: null, a: 1}
      {}                 | {a: {bb: {ccc: null}}}     | {a: {bb: {}}}
      {}                 | {__proto__: {polluted: 1}} | {__proto__: {polluted: 1}}
    `),
  )("%s | %s | %s", (...line) => check(mergePatch, line));
});

describe("JSON patch", () => {
  const refused = "! the server rejected our request due to an error in our request";
  it.each(
    cases(`
      {a: 1}    | [{op: add, path: /b, value: 2}]               | {a: 1, b: 2}
      {l: [1]}  | [{op: add, path: /l/-, value: 2}]             | {l: [1, 2]}
      {l: [1]}  | [{op: add, path: /l/0, value: 2}]             | {l: [2, 1]}
      {a: 1}    | [{op: remove, path: /a}]                      | {}
      {a: 1}    | [{op: remove, path: /b}]                      | ${refused}
      {a: 1}    | [{op: replace, path: /b, value: 1}]           | ${refused}
      {a: 1}    | [{op: test, path: /a, value: 2}]              | ${refused}
      {a: 1}    | [{op: test, path: /a, value: 1}]              | {a: 1}
      {a: 1}    | [{op: move, from: /a, path: /b}]              | {b: 1}
      {a: {}}   | [{op: copy, from: /a, path: /b}]              | {a: {}, b: {}}
      {a: 1}    | [{op: jump, path: /a}]                        | ${refused}
      {a: 1}    | [{op: add, path: /x/y, value: 1}]             | ${refused}
      {a: 1}    | {op: add}                                     | ! json: cannot unmarshal object into Go value of type jsonpatch.Patch
      {a: 1}    | [1]                                           | ! json: cannot unmarshal number into Go value of type jsonpatch.Operation
    `),
  )("%s | %s | %s", (...line) => check(jsonPatch, line));

  it("bounds how many operations there may be", () => {
    const patch = Array.from({ length: 10_001 }, () => ({ op: "remove", path: "/a" }));
    expect(() => jsonPatch({}, patch)).toThrow(
      "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001",
    );
  });
});

describe("strategic merge of a pod spec", () => {
  it.each(
    cases(`
      {}                                              | {nodeName: n}                                                           | {nodeName: n}
      {nodeName: n}                                   | {nodeName: null}                                                        | {}
      {containers: [{name: a}]}                       | {containers: [{name: a, image: x}]}                                     | {containers: [{name: a, image: x}]}
      {containers: [{name: a}, {name: b}]}            | {containers: [{name: c}]}                                               | {containers: [{name: c}, {name: a}, {name: b}]}
      {containers: [{name: a}, {name: b}]}            | {containers: [{name: b, image: x}, {name: c}]}                          | {containers: [{name: a}, {name: b, image: x}, {name: c}]}
      {containers: [{name: a}, {name: b}]}            | {containers: [{name: a, $patch: delete}]}                               | {containers: [{name: b}]}
      {containers: [{name: a}, {name: b}]}            | {containers: [{$patch: replace}, {name: c}]}                            | {containers: [{name: c}]}
      {containers: [{name: a}, {name: b}]}            | {$setElementOrder/containers: [{name: b}, {name: a}]}                   | {containers: [{name: b}, {name: a}]}
      {containers: [{name: a}, {name: b}]}            | {$setElementOrder/containers: [{name: c}, {name: a}], containers: [{name: c}]} | {containers: [{name: c}, {name: a}, {name: b}]}
      {containers: [{name: a}]}                       | {containers: [{image: x}]}                                              | ! map: map[image:x] does not contain declared merge key: name
      {containers: [{name: a}]}                       | {containers: [{name: a, $patch: x}]}                                    | ! unknown patch type: x in map: map[$patch:x name:a]
      {containers: [{name: a}]}                       | {containers: [x]}                                                       | ! list element types are not identical
      {containers: [{name: a, args: [x, y]}]}         | {containers: [{name: a, args: [z]}]}                                    | {containers: [{name: a, args: [z]}]}
      {containers: [{name: a, tty: true}]}            | {containers: [{name: a, tty: null}]}                                    | {containers: [{name: a}]}
      {}                                              | {containers: [{name: a, tty: null}]}                                    | {containers: [{name: a}]}
      {volumes: [{name: v, emptyDir: {}}]}            | {volumes: [{name: v, hostPath: {path: x}, $retainKeys: [name, hostPath]}]} | {volumes: [{name: v, hostPath: {path: x}}]}
      {volumes: [{name: v}]}                          | {volumes: [{name: v, hostPath: {path: x}, $retainKeys: [name]}]}        | ! invalid patch format of retainKeys
      {nodeSelector: {a: b}}                          | {nodeSelector: {c: d}}                                                  | {nodeSelector: {a: b, c: d}}
      {nodeSelector: {a: b}}                          | {nodeSelector: {$patch: replace, c: d}}                                 | {nodeSelector: {c: d}}
      {nodeSelector: {a: b}}                          | {nodeSelector: {$patch: delete}}                                        | {nodeSelector: {}}
      {tolerations: [{key: a}]}                       | {tolerations: [{key: b}]}                                               | {tolerations: [{key: b}]}
      {containers: [{name: b}, {name: a}]}            | {$setElementOrder/containers: [{name: a}], containers: [{name: b}]}     | ! The order in patch list
    `),
  )("%s | %s | %s", (...line) =>
    check((before, change) => strategicMerge(podSpec, before, change), line),
  );

  it.each(
    cases(`
      {metadata: {finalizers: [a, b]}} | {metadata: {finalizers: [c]}}                                  | {metadata: {finalizers: [c, a, b]}}
      {metadata: {finalizers: [a, b]}} | {metadata: {$deleteFromPrimitiveList/finalizers: [a]}}         | {metadata: {finalizers: [b]}}
      {metadata: {finalizers: [a, b]}} | {metadata: {$deleteFromPrimitiveList/finalizers: [a], $setElementOrder/finalizers: [c, b], finalizers: [c]}} | {metadata: {finalizers: [c, b]}}
      {metadata: {finalizers: [a]}}    | {metadata: {$deleteFromPrimitiveListfinalizers: [a]}}          | ! invalid patch format of primitive list
      {metadata: {labels: {a: b}}}     | {metadata: {labels: {a: null, c: d}}}                          | {metadata: {labels: {c: d}}}
    `),
  )("%s | %s | %s", (...line) =>
    check((before, change) => strategicMerge(pod, before, change), line),
  );

  it.each(
    cases(`
      {spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}} | {spec: {strategy: {$retainKeys: [type], type: Recreate}}} | {spec: {strategy: {type: Recreate}}}
    `),
  )("%s | %s | %s", (...line) =>
    check((before, change) => strategicMerge(deployment, before, change), line),
  );

  it.each(
    cases(`
      {spec: {ports: [{port: 80, name: a}]}} | {spec: {ports: [{port: 80, nodePort: 30000}, {port: 443}]}} | {spec: {ports: [{port: 80, name: a, nodePort: 30000}, {port: 443}]}}
    `),
  )("%s | %s | %s", (...line) =>
    check((before, change) => strategicMerge(service, before, change), line),
  );
});
