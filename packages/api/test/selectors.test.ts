// Label and field selectors: what they select, how they are written, what is said of wrong ones.

import { describe, expect, test } from "vitest";
import {
  endpointsKind,
  fieldMatcher,
  formatLabelMatcher,
  formatLabelSelector,
  matcherOfSelector,
  matchesLabels,
  nodeKind,
  parseFieldSelector,
  parseLabelSelector,
  podKind,
  selectorMatches,
  type Pod,
} from "../src/index.ts";

const labels = { app: "web", tier: "front", n: "5" };

describe("label selectors", () => {
  test.each<[string, boolean]>([
    ["", true],
    ["app=web", true],
    ["app==web", true],
    ["app = web , tier=front", true],
    ["app!=web", false],
    ["other!=x", true],
    ["app in (web,api)", true],
    ["app in (api)", false],
    ["app notin (api)", true],
    ["other notin (api)", true],
    ["app", true],
    ["!app", false],
    ["!other", true],
    ["n>4", true],
    ["n<5", false],
    ["app>4", false],
    ["other in ()", false],
    ["app in (in, notin)", false],
    ["toString", false],
    ["constructor", false],
  ])("%j", (text, selects) => {
    expect(matchesLabels(parseLabelSelector(text), labels)).toBe(selects);
  });

  test.each<[string, string]>([
    ["x in (b,a),y,!z", "x in (a,b),y,!z"],
    ["b=1,a=2", "a=2,b=1"],
    ["a in (,b)", "a in (,b)"],
    ["a=", "a="],
    ["a==b", "a==b"],
    ["in in (in)", "in in (in)"],
  ])("%j is written %j", (text, written) => {
    expect(formatLabelMatcher(parseLabelSelector(text))).toBe(written);
  });

  const labelRule =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
    "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or " +
    "'12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  test.each<[string, string]>([
    ["a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, >, <"],
    [",", "found ',', expected: !, identifier, or 'end of string'"],
    ["a,", "found '', expected: identifier after ','"],
    ["a in b", "unable to parse requirement: found 'b' expected: '('"],
    ["a in (b", "unable to parse requirement: found '', expected: ',' or ')'"],
    ["a=b=c", "found '=', expected: ',' or 'end of string'"],
    ["!a=b", "found '=', expected: ',' or 'end of string'"],
    ["a=-", `unable to parse requirement: values[0][a]: Invalid value: "-": ${labelRule}`],
    ["n>x", `for 'Gt', 'Lt' operators, the value must be an integer`],
    ["-a", `unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of`],
  ])("%j is refused", (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(message);
  });

  test("an absent LabelSelector selects nothing, an empty one everything", () => {
    expect(selectorMatches(undefined, labels)).toBe(false);
    expect(selectorMatches({}, labels)).toBe(true);
  });

  test("LabelSelector objects match and are written", () => {
    const selector = {
      matchLabels: { app: "web" },
      matchExpressions: [
        { key: "tier", operator: "In", values: ["front", "back"] },
        { key: "gone", operator: "DoesNotExist" },
      ],
    };
    expect(selectorMatches(selector, labels)).toBe(true);
    expect(formatLabelSelector(selector)).toBe("app=web,!gone,tier in (back,front)");
    expect(formatLabelSelector({})).toBe("<none>");
    expect(() => matcherOfSelector({ matchExpressions: [{ key: "a", operator: "Like" }] })).toThrow(
      '"Like" is not a valid label selector operator',
    );
  });
});

describe("field selectors", () => {
  const pod: Pod = {
    metadata: { name: "a", namespace: "b" },
    spec: { containers: [], nodeName: "n,1" },
    status: { phase: "Running" },
  };

  test.each<[string, boolean]>([
    ["", true],
    ["metadata.name=a", true],
    ["metadata.name=a,metadata.namespace=b", true],
    ["metadata.name!=a", false],
    ["status.phase==Running", true],
    ["status.phase!=Running", false],
    ["spec.nodeName=n\\,1", true],
    ["spec.hostNetwork=false", true],
  ])("%j", (text, selects) => {
    expect(fieldMatcher(podKind, parseFieldSelector(text))(pod)).toBe(selects);
  });

  test.each<[string, string]>([
    ["spec.foo=a", "field label not supported: spec.foo"],
    ["constructor=a", "field label not supported: constructor"],
    ["metadata.name", "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
    ["metadata.name=a=b", "invalid field selector: unescaped character in value: 61"],
    ["metadata.name=a\\b", "invalid field selector: invalid escape sequence: \\b"],
  ])("%j is refused", (text, message) => {
    expect(() => fieldMatcher(podKind, parseFieldSelector(text))).toThrow(message);
  });

  test("kinds without fields of their own name the two that all have", () => {
    const wrong = parseFieldSelector("spec.x=1");
    expect(() => fieldMatcher(endpointsKind, wrong)).toThrow(
      '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
    const namespace = parseFieldSelector("metadata.namespace=a");
    expect(() => fieldMatcher(nodeKind, namespace)).toThrow("field label not supported");
  });
});
