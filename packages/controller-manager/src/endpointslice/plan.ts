// Which slices of a service to write so that they list its pods, with as few writes as may be.
// @see kubernetes staging/src/k8s.io/endpointslice/reconciler.go

import { isDeepStrictEqual } from "node:util";
import type { Endpoint, EndpointSlice, EndpointSlicePort, Node, Pod, Service } from "@kubonsai/api";
import { mayBeListed } from "../services.ts";
import {
  addressTypesOf,
  endpointOf,
  isOwnedBy,
  newSlice,
  portsKey,
  portsOf,
  sliceLabels,
  unreserved,
  type AddressType,
} from "./slice.ts";

/** A slice holds no more endpoints. */
export const MOST_ENDPOINTS = 100;

export interface SlicesView {
  service: Service;
  pods: readonly Pod[];
  slices: readonly EndpointSlice[];
  nodeOf: (name: string) => Node | undefined;
}

export interface SlicesPlan {
  create: EndpointSlice[];
  update: EndpointSlice[];
  delete: EndpointSlice[];
  /** Pods left out because their node is not known (yet). */
  withoutNode: Pod[];
}

export function planSlices(view: SlicesView): SlicesPlan {
  const { service, slices } = view;
  const plan: SlicesPlan = { create: [], update: [], delete: [], withoutNode: [] };
  const types = addressTypesOf(service);
  for (const slice of slices) {
    if (!types.includes(slice.addressType as AddressType)) plan.delete.push(slice);
  }
  for (const type of types) planForType(view, type, plan);
  if (service.metadata.deletionTimestamp) plan.create = [];
  return plan;
}

/** Endpoints that are to be listed with the same ports, by the pod's uid. */
interface Group {
  ports: EndpointSlicePort[];
  wanted: Map<string, Endpoint>;
}

function planForType(view: SlicesView, addressType: AddressType, plan: SlicesPlan): void {
  const { service } = view;
  const groups = groupsOf(view, addressType, plan);
  const existing = new Map<string, EndpointSlice[]>();
  const mine: SlicesPlan = { create: [], update: [], delete: [], withoutNode: [] };
  const all = view.slices.filter((slice) => slice.addressType === addressType);
  for (const slice of all) {
    const key = portsKey(slice.ports);
    if (!isOwnedBy(slice, service)) mine.delete.push(slice);
    else if (groups.has(key)) existing.set(key, [...(existing.get(key) ?? []), slice]);
    else mine.delete.push(slice);
  }
  for (const [key, { ports, wanted }] of groups) {
    const fresh = () => newSlice(service, { addressType, ports });
    fill({ slices: existing.get(key) ?? [], wanted, fresh, service }, mine);
  }
  if (all.length === mine.delete.length && mine.create.length === 0) keepPlaceholder(mine);
  reuse(mine, service);
  plan.create.push(...mine.create);
  plan.update.push(...mine.update);
  plan.delete.push(...mine.delete);

  /** A service without endpoints has one empty slice, as a sign that somebody looked. */
  function keepPlaceholder(changes: SlicesPlan): void {
    const placeholder = newSlice(service, { addressType, ports: [] });
    const [only] = changes.delete;
    const isThere = changes.delete.length === 1 && isPlaceholder(only!, service);
    if (isThere) changes.delete = [];
    else changes.create.push(placeholder);
  }
}

function isPlaceholder(slice: EndpointSlice, service: Service): boolean {
  const isEmpty = (slice.endpoints ?? []).length === 0 && (slice.ports ?? []).length === 0;
  const labels = { ...slice.metadata.labels };
  return isEmpty && isOwnedBy(slice, service) && isDeepStrictEqual(labels, sliceLabels(service));
}

function groupsOf(view: SlicesView, addressType: AddressType, plan: SlicesPlan) {
  const { service, pods, nodeOf } = view;
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    if (!mayBeListed(pod)) continue;
    const node = nodeOf(pod.spec.nodeName ?? "");
    if (!node && !service.spec.publishNotReadyAddresses) {
      plan.withoutNode.push(pod);
      continue;
    }
    const ports = portsOf(service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, wanted: new Map<string, Endpoint>() };
    groups.set(key, group);
    const endpoint = endpointOf(pod, { service, addressType, ...(node ? { node } : {}) });
    if (endpoint) group.wanted.set(pod.metadata.uid ?? "", endpoint);
  }
  return groups;
}

interface Filling {
  slices: readonly EndpointSlice[];
  wanted: Map<string, Endpoint>;
  fresh: () => EndpointSlice;
  service: Service;
}

/** Keeps endpoints where they are; new ones go where room is, first into slices that change anyway. */
function fill({ slices, wanted, fresh, service }: Filling, plan: SlicesPlan): void {
  const left = new Map(wanted);
  const changed: EndpointSlice[] = [];
  const unchanged: EndpointSlice[] = [];
  const emptied: EndpointSlice[] = [];
  for (const slice of slices) {
    const kept = keptEndpoints(slice, left);
    const isSame = isDeepStrictEqual(kept, slice.endpoints ?? []);
    if (!isSame && kept.length === 0) emptied.push(slice);
    else if (!isSame || !hasLabelsOf(service, slice)) changed.push(withEndpoints(slice, kept));
    else unchanged.push(slice);
  }
  changed.sort((a, b) => b.endpoints!.length - a.endpoints!.length);
  for (const slice of changed) pour(left, slice);
  while (left.size > 0) {
    const target = roomiest(unchanged, left.size);
    if (target) unchanged.splice(unchanged.indexOf(target), 1);
    const slice = withEndpoints(target ?? fresh(), target?.endpoints ?? []);
    pour(left, slice);
    if (target) changed.push(slice);
    else plan.create.push(slice);
  }
  plan.update.push(...changed.map((slice) => labelled(slice, service)));
  plan.delete.push(...emptied);
}

/** The slice's endpoints that are still wanted, as they should be; they leave `left`. */
function keptEndpoints(slice: EndpointSlice, left: Map<string, Endpoint>): Endpoint[] {
  const kept: Endpoint[] = [];
  for (const { targetRef } of slice.endpoints ?? []) {
    const uid = targetRef?.uid ?? "";
    const wanted = left.get(uid);
    if (!wanted) continue;
    kept.push(wanted);
    left.delete(uid);
  }
  return kept;
}

function pour(left: Map<string, Endpoint>, slice: EndpointSlice): void {
  for (const [uid, endpoint] of left) {
    if (slice.endpoints!.length >= MOST_ENDPOINTS) return;
    slice.endpoints!.push(endpoint);
    left.delete(uid);
  }
}

/** The slice that is fullest once so many more are in it. */
function roomiest(slices: readonly EndpointSlice[], more: number): EndpointSlice | undefined {
  const fitting = slices.filter(({ endpoints = [] }) => endpoints.length + more <= MOST_ENDPOINTS);
  return fitting.sort((a, b) => (b.endpoints?.length ?? 0) - (a.endpoints?.length ?? 0))[0];
}

const withEndpoints = (slice: EndpointSlice, endpoints: readonly Endpoint[]): EndpointSlice => ({
  ...slice,
  endpoints: [...endpoints],
});

const labelled = (slice: EndpointSlice, service: Service): EndpointSlice => ({
  ...slice,
  metadata: { ...slice.metadata, labels: sliceLabels(service) },
});

const hasLabelsOf = (service: Service, { metadata }: EndpointSlice): boolean =>
  isDeepStrictEqual(unreserved(metadata.labels), unreserved(service.metadata.labels));

/** A slice that would go makes room for one that would come: one write instead of two. */
function reuse(plan: SlicesPlan, service: Service): void {
  const spare = plan.delete.filter((slice) => isOwnedBy(slice, service));
  while (spare.length > 0 && plan.create.length > 0) {
    const slice = spare.shift()!;
    const { endpoints, ports, metadata } = plan.create.pop()!;
    const { labels } = metadata;
    plan.delete.splice(plan.delete.indexOf(slice), 1);
    plan.update.push({ ...slice, endpoints, ports, metadata: { ...slice.metadata, labels } });
  }
}
