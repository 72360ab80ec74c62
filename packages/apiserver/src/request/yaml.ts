// YAML as Go's tools read it: YAML 1.1's booleans and octal numbers, dates stay text.

import {
  boolYaml11Tag,
  CORE_SCHEMA,
  defineScalarTag,
  dump,
  load,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
} from "js-yaml";

/** `010` is eight, `0o10` too, `1_000` a thousand; `12:30` stays text. */
const integer = defineScalarTag("tag:yaml.org,2002:int", {
  implicit: true,
  implicitFirstChars: [..."-+0123456789"],
  resolve: (source) => integerOf(source) ?? NOT_RESOLVED,
  identify: (value) => Number.isSafeInteger(value) && !Object.is(value, -0),
  represent: String,
});

const schema = CORE_SCHEMA.withTags(mergeTag, nullYaml11Tag, boolYaml11Tag, integer);

/** @throws YAMLException when it is none; several documents are none either */
export const parseYaml = (text: string): unknown => load(text, { schema });

/** As Go's tools write it: members in alphabetical order, lists not indented, double quotes. */
export const yamlOf = (value: unknown): string =>
  dump(inOrder(value), { noRefs: true, lineWidth: -1, quoteStyle: "double", seqNoIndent: true });

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, inOrder(member)]));
}

function integerOf(source: string): number | undefined {
  const match = /^([-+]?)(0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|0|[1-9][0-9_]*)$/.exec(source);
  if (!match) return undefined;
  const digits = match[2]!.replaceAll("_", "");
  const octal = /^0o?([0-7]+)$/.exec(digits);
  const value = octal ? Number.parseInt(octal[1]!, 8) : Number(digits);
  return match[1] === "-" ? -value : value;
}
