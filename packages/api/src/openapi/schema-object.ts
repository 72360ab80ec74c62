// A message as an OpenAPI schema. Version 2 and 3 differ in where references point, in how a reference
// carries more than itself, and in that only version 3 tells defaults.

import type { Field, Message, Schema, Union } from "../schema/schema.ts";

export type OpenApiVersion = 2 | 3;

export type SchemaObject = { [name: string]: unknown };

export interface GroupVersionKind {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
}

/** Where types without members of their own are defined. */
const wellKnownNames = {
  time: "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
  microTime: "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
  quantity: "io.k8s.apimachinery.pkg.api.resource.Quantity",
  intOrString: "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
  FieldsV1: "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
  RawExtension: "io.k8s.apimachinery.pkg.runtime.RawExtension",
  JSON: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
} as const;

export const patchName = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";

/** The definition that stands for a type without a message of its own. */
export function wellKnownName(schema: Schema): string | undefined {
  if (schema.type === "raw") return wellKnownNames[schema.message];
  const names: { readonly [type: string]: string } = wellKnownNames;
  return names[schema.type];
}

/** Definitions of what no message describes, by name. */
export const wellKnownSchemas = (version: OpenApiVersion): { [name: string]: SchemaObject } => ({
  [wellKnownNames.time]: { format: "date-time", type: "string" },
  [wellKnownNames.microTime]: { format: "date-time", type: "string" },
  [wellKnownNames.quantity]:
    version === 2 ? { type: "string" } : { oneOf: [{ type: "string" }, { type: "number" }] },
  [wellKnownNames.intOrString]:
    version === 2
      ? { format: "int-or-string", type: "string" }
      : { format: "int-or-string", oneOf: [{ type: "integer" }, { type: "string" }] },
  [wellKnownNames.FieldsV1]: { type: "object" },
  [wellKnownNames.RawExtension]: { type: "object" },
  [wellKnownNames.JSON]: {},
  [patchName]: { type: "object" },
});

export const reference = (name: string, version: OpenApiVersion): SchemaObject => ({
  $ref: `#/${version === 2 ? "definitions" : "components/schemas"}/${name}`,
});

export function schemaObject(
  message: Message,
  version: OpenApiVersion,
  kinds: readonly GroupVersionKind[] = [],
): SchemaObject {
  const fields = Object.entries(message.fields);
  const required = fields.filter(([, { traits }]) => traits.required).map(([name]) => name);
  const properties = fields.map(([name, field]) => [name, propertyOf(field, version)] as const);
  return {
    type: "object",
    ...(required.length === 0 ? {} : { required }),
    ...(fields.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(kinds.length === 0 ? {} : { "x-kubernetes-group-version-kind": kinds }),
    ...(message.mapType === "atomic" ? { "x-kubernetes-map-type": "atomic" } : {}),
    ...(message.unions.length === 0 ? {} : { "x-kubernetes-unions": message.unions.map(union) }),
  };
}

const union = ({ discriminator, fields }: Union): SchemaObject => ({
  ...(discriminator === undefined ? {} : { discriminator }),
  "fields-to-discriminateBy": fields,
});

function propertyOf(field: Field<unknown, boolean>, version: OpenApiVersion): SchemaObject {
  const { schema, traits } = field;
  const type = typeObject(schema, version);
  const fallback = traits.default ?? zeroDefault(field);
  return {
    ...("$ref" in type && version === 3 ? { allOf: [type] } : type),
    ...(fallback === undefined || version === 2 ? {} : { default: fallback }),
    ...(traits.enum === undefined ? {} : { enum: [...traits.enum].sort() }),
    ...extensions(field),
  };
}

function extensions({ traits }: Field<unknown, boolean>): SchemaObject {
  const { listType, listMapKeys, mapType, patchStrategy, patchMergeKey } = traits;
  return {
    ...(listMapKeys === undefined ? {} : { "x-kubernetes-list-map-keys": listMapKeys }),
    ...(listType === undefined ? {} : { "x-kubernetes-list-type": listType }),
    ...(mapType === undefined ? {} : { "x-kubernetes-map-type": mapType }),
    ...(patchMergeKey === undefined ? {} : { "x-kubernetes-patch-merge-key": patchMergeKey }),
    ...(patchStrategy === undefined
      ? {}
      : { "x-kubernetes-patch-strategy": patchStrategy.join(",") }),
  };
}

/** Plain members that are always present begin as zero. */
function zeroDefault({ schema, traits }: Field<unknown, boolean>): unknown {
  if (traits.required !== true || traits.explicit === true) return undefined;
  switch (schema.type) {
    case "string":
      return "";
    case "boolean":
      return false;
    case "int32":
    case "int64":
    case "double":
      return 0;
    default:
      return undefined;
  }
}

function typeObject(schema: Schema, version: OpenApiVersion): SchemaObject {
  switch (schema.type) {
    case "string":
    case "boolean":
      return { type: schema.type };
    case "int32":
    case "int64":
      return { type: "integer", format: schema.type };
    case "double":
      return { type: "number", format: "double" };
    case "bytes":
      return { type: "string", format: "byte" };
    case "list":
      return { type: "array", items: typeObject(schema.items, version) };
    case "map":
      return { type: "object", additionalProperties: typeObject(schema.values, version) };
    case "raw":
      return reference(wellKnownNames[schema.message], version);
    case "message":
      return reference(schema.message().name, version);
    default:
      return reference(wellKnownNames[schema.type], version);
  }
}
