// Priority: the number behind a pod's priority class.
// @see kubernetes plugin/pkg/admission/priority/admission.go

import { systemPriorityClasses } from "@kubonsai/api";
import type { KubernetesObject, Pod, PriorityClass } from "@kubonsai/api";
import { isAbout, refuse } from "./admission.ts";
import type { AdmissionContext, AdmissionPlugin, AdmissionRequest } from "./admission.ts";

type PreemptionPolicy = Pod["spec"]["preemptionPolicy"];

interface Priority {
  className: string;
  value: number;
  preemptionPolicy: PreemptionPolicy;
}

const PRIORITY_CLASSES = { group: "scheduling.k8s.io", resource: "priorityclasses" };
const BUILT_IN = new Map(systemPriorityClasses.map(({ name, value }) => [name, value] as const));

export function priority(context: AdmissionContext): AdmissionPlugin {
  return {
    name: "Priority",
    async validate(request) {
      if (!isAbout(request, "scheduling.k8s.io", "priorityclasses")) return;
      await allowOneDefault(context, request);
    },
    async mutate(request) {
      if (!isAbout(request, "", "pods") || request.subresource !== "") return;
      if (request.operation === "UPDATE") keepPriority(request);
      if (request.operation === "CREATE") settlePriority(request, await find(context, request));
    },
  };
}

async function allowOneDefault({ lookup }: AdmissionContext, request: AdmissionRequest) {
  if (!(request.object as PriorityClass | undefined)?.globalDefault) return;
  const classes = (await lookup.list(PRIORITY_CLASSES)) as PriorityClass[];
  const present = classes.find(({ globalDefault }) => globalDefault)?.metadata.name;
  if (present === undefined) return;
  if (request.operation === "UPDATE" && present === request.name) return;
  const why = `PriorityClass ${present} is already marked as default. Only one default can exist`;
  throw refuse(request, why);
}

function keepPriority({ object, oldObject }: AdmissionRequest): void {
  const { spec } = object as Pod;
  const old = (oldObject as Pod).spec;
  if (old.priority !== undefined) spec.priority ??= old.priority;
  if (old.preemptionPolicy !== undefined) spec.preemptionPolicy ??= old.preemptionPolicy;
}

function settlePriority(request: AdmissionRequest, found: Priority): void {
  const { spec } = request.object as Pod;
  const { className, value, preemptionPolicy } = found;
  if (className !== "") spec.priorityClassName = className;
  if (spec.priority !== undefined && spec.priority !== value) {
    throw refuse(
      request,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; ` +
        `priority admission controller computed ${value} from the given PriorityClass name`,
    );
  }
  spec.priority = value;
  if (preemptionPolicy === undefined) return;
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== preemptionPolicy) {
    throw refuse(
      request,
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in ` +
        `pod spec; priority admission controller computed ${preemptionPolicy} from the given ` +
        "PriorityClass name",
    );
  }
  spec.preemptionPolicy = preemptionPolicy;
}

async function find({ lookup }: AdmissionContext, request: AdmissionRequest): Promise<Priority> {
  const className = (request.object as Pod).spec.priorityClassName ?? "";
  if (className === "") return defaultPriority(await lookup.list(PRIORITY_CLASSES));
  const builtIn = BUILT_IN.get(className);
  if (builtIn !== undefined) {
    return { className, value: builtIn, preemptionPolicy: "PreemptLowerPriority" };
  }
  const key = { namespace: "", name: className };
  const found = (await lookup.get(PRIORITY_CLASSES, key)) as PriorityClass | undefined;
  if (!found) throw refuse(request, `no PriorityClass with name ${className} was found`);
  return { className, value: found.value ?? 0, preemptionPolicy: found.preemptionPolicy };
}

/** Of several global defaults, which a race can make, the lowest counts. */
function defaultPriority(classes: KubernetesObject[]): Priority {
  const defaults = (classes as PriorityClass[]).filter((one) => one.globalDefault);
  const [lowest] = defaults.sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  if (!lowest) return { className: "", value: 0, preemptionPolicy: "PreemptLowerPriority" };
  const { value = 0, preemptionPolicy } = lowest;
  return { className: lowest.metadata.name ?? "", value, preemptionPolicy };
}
