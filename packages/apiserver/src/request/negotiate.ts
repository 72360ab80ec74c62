// In which form does the client want its answer? The first form of the Accept header that we speak.
// @see kubernetes apiserver/pkg/endpoints/handlers/negotiation/negotiate.go

import { notAcceptable } from "@kubonsai/api";
import { parseAccept, takes, type MediaType } from "./media-type.ts";

export interface AnswerForm {
  readonly encoding: "json" | "yaml";
  /** What an object or a list is turned into. */
  readonly as?: "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList";
  /** Of `meta.k8s.io`, with `as`. */
  readonly version: "v1" | "v1beta1";
}

const PLAIN_JSON: AnswerForm = { encoding: "json", version: "v1" };

const ENCODINGS = [
  ["application/json", "json"],
  ["application/yaml", "yaml"],
] as const;

const TRANSFORMS = new Set(["Table", "PartialObjectMetadata", "PartialObjectMetadataList"]);

/** Kubernetes names protobuf here as well; we read it and do not write it. */
const ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
const ACCEPTED_STREAMS =
  "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

/** @throws NotAcceptable when the client takes nothing that we speak */
export function negotiate(accept: string | undefined): AnswerForm {
  const form = formOf(accept);
  if (!form) throw notAcceptable(`only the following media types are accepted: ${ACCEPTED}`);
  return form;
}

/** The same for a watch, which is never YAML. */
export function negotiateStream(accept: string | undefined): AnswerForm {
  const form = formOf(accept, true);
  if (!form)
    throw notAcceptable(`only the following media types are accepted: ${ACCEPTED_STREAMS}`);
  return form;
}

const known = new Map<string, AnswerForm>();

function formOf(accept: string | undefined, streams = false): AnswerForm | undefined {
  if (accept === undefined || accept === "" || accept === "application/json") return PLAIN_JSON;
  const key = streams ? `stream ${accept}` : accept;
  const cached = known.get(key);
  if (cached) return cached;
  const form = firstOf(parseAccept(accept), streams);
  if (form && known.size < 1000) known.set(key, form);
  return form;
}

function firstOf(clauses: MediaType[], streams: boolean): AnswerForm | undefined {
  for (const clause of clauses) {
    for (const [type, encoding] of ENCODINGS) {
      if (!takes(clause, type) || (streams && encoding === "yaml")) continue;
      const form = transformed(clause.parameters, encoding);
      if (form) return form;
    }
  }
  return undefined;
}

function transformed(
  parameters: ReadonlyMap<string, string>,
  encoding: "json" | "yaml",
): AnswerForm | undefined {
  const stream = parameters.get("stream") ?? "";
  if (stream !== "" && stream !== "watch") return undefined;
  const [kind, group, version] = ["as", "g", "v"].map((name) => parameters.get(name));
  if (kind === undefined && group === undefined && version === undefined) {
    return { encoding, version: "v1" };
  }
  if (group !== "meta.k8s.io" || (version !== "v1" && version !== "v1beta1")) return undefined;
  if (kind === undefined || !TRANSFORMS.has(kind)) return undefined;
  return { encoding, as: kind as NonNullable<AnswerForm["as"]>, version };
}
