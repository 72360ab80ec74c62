// Nodes, namespaces and leases.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateNode, ValidateNamespace

import { duplicate, forbidden, invalid, type FieldError } from "../errors/field-error.ts";
import { required } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { Binding } from "../messages/core/v1/binding.ts";
import type { Lease } from "../messages/coordination/v1/lease.ts";
import type { Namespace } from "../messages/core/v1/namespace.ts";
import type { Node, Taint } from "../messages/core/v1/node.ts";
import { validateCidr } from "./ip-address.ts";
import { labelValue } from "./label-names.ts";
import { standardOrPrefixed } from "./object-meta.ts";
import { resourceQuantity } from "./resources.ts";
import { each, isQualifiedName, nonNegative, oneOf, optionalOneOf } from "./rules.ts";
import { taintEffects } from "./scheduling.ts";
import { isNotPositive } from "./texts.ts";

export function validateNode({ spec = {}, status = {} }: Node): FieldError[] {
  return [
    ...taintErrors("metadata.taints", spec.taints ?? []),
    ...(["capacity", "allocatable"] as const).flatMap((list) =>
      Object.entries(status[list] ?? {}).flatMap(([name, text]) =>
        resourceQuantity(`status.${list}.${name}`, text),
      ),
    ),
    ...each("spec.podCIDRs", spec.podCIDRs, validateCidr),
  ];
}

export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const errors: FieldError[] = [];
  const [ranges, before] = [node.spec?.podCIDRs ?? [], old.spec?.podCIDRs ?? []];
  const only = 'except from "" to valid';
  if (before.length > 0 && !semanticEqual(ranges, before)) {
    errors.push(forbidden("spec.podCIDRs", `node updates may not change podCIDR ${only}`));
  }
  if (old.spec?.providerID && old.spec.providerID !== node.spec?.providerID) {
    errors.push(forbidden("spec.providerID", `node updates may not change providerID ${only}`));
  }
  return [...errors, ...repeatedAddresses(node)];
}

function repeatedAddresses({ status }: Node): FieldError[] {
  const seen = new Set<string>();
  return each("status.addresses", status?.addresses, (path, one) => {
    const key = `${one.type}/${one.address}`;
    const errors = seen.has(key) ? [duplicate(path, one)] : [];
    seen.add(key);
    return errors;
  });
}

function taintErrors(field: string, taints: readonly Taint[]): FieldError[] {
  const seen = new Set<string>();
  return each(field, taints, (path, taint) => {
    const { key, value = "", effect } = taint;
    const errors = isQualifiedName(`${path}.key`, key);
    const texts = labelValue(value);
    if (texts.length > 0) errors.push(invalid(`${path}.value`, value, texts.join(";")));
    errors.push(...oneOf(`${path}.effect`, effect, taintEffects));
    const pair = `${key}:${effect}`;
    if (seen.has(pair)) {
      const { type, message } = duplicate(path, taint);
      const text = `${message}: taints must be unique by key and effect pair`;
      errors.push({ type, field: path, message: text });
    }
    seen.add(pair);
    return errors;
  });
}

export const validateNamespace = ({ spec }: Namespace): FieldError[] =>
  (spec?.finalizers ?? []).flatMap((one) => [
    ...isQualifiedName("spec.finalizers", one),
    ...standardOrPrefixed("spec.finalizers", one),
  ]);

export function validateNamespaceStatusUpdate({ metadata, status }: Namespace): FieldError[] {
  const isGoing = metadata.deletionTimestamp !== undefined;
  const wanted = isGoing ? "Terminating" : "Active";
  if (status?.phase === wanted) return [];
  const when = isGoing ? "is not empty" : "is empty";
  const text = `may only be '${wanted}' if \`deletionTimestamp\` ${when}`;
  return [invalid("status.Phase", status?.phase ?? "", text)];
}

export function validateLease({ spec = {} }: Lease): FieldError[] {
  const { leaseDurationSeconds: seconds, strategy, preferredHolder } = spec;
  const errors: FieldError[] = [];
  if (seconds !== undefined && seconds <= 0) {
    errors.push(invalid("spec.leaseDurationSeconds", seconds, isNotPositive));
  }
  errors.push(...nonNegative("spec.leaseTransitions", spec.leaseTransitions));
  if (strategy !== undefined && !strategy.includes("/")) {
    errors.push(...optionalOneOf("spec.strategy", strategy, ["OldestEmulationVersion"]));
  }
  if (preferredHolder && !strategy) {
    const text = "may only be specified if `strategy` is defined";
    errors.push(forbidden("spec.preferredHolder", text));
  }
  return errors;
}

/** Of the scheduler's decision; whether the pod can still be bound is for the server to say. */
export function validateBinding({ target }: Binding): FieldError[] {
  const errors: FieldError[] = [];
  if (target?.kind) errors.push(...optionalOneOf("target.kind", target.kind, ["Node", "<empty>"]));
  return target?.name ? errors : [...errors, required("target.name")];
}
