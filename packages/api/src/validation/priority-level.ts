// Priority levels: how many requests at a time, and how others wait.
// @see kubernetes pkg/apis/flowcontrol/validation/validation.go ValidatePriorityLevelConfiguration

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type {
  LimitResponse,
  PriorityLevelConfiguration,
  QueuingConfiguration,
} from "../messages/flowcontrol/v1/priority-level-configuration.ts";
import { typedOnce } from "./flow-schema.ts";
import { inclusiveRange } from "./texts.ts";

export function validatePriorityLevel({ metadata, spec }: PriorityLevelConfiguration) {
  const { type, exempt, limited } = spec;
  const errors: FieldError[] = [];
  if ((metadata.name === "exempt") !== (type === "Exempt")) {
    const text = "must be 'Exempt' if and only if `name` is 'exempt'";
    errors.push(invalid("spec.type", type ?? "", text));
  }
  if (type === "Exempt") {
    const text = "must be nil if the type is not Limited";
    if (limited) errors.push(forbidden("spec.limited", text));
    return [...errors, ...(exempt ? shareErrors("spec.exempt", exempt) : [])];
  }
  const types = ["Exempt", "Limited"];
  if (type !== "Limited") return [...errors, notSupported("spec.type", type ?? "", types)];
  if (exempt) errors.push(forbidden("spec.exempt", "must be nil if the type is Limited"));
  if (!limited) {
    return [...errors, required("spec.limited", "must not be empty when type is Limited")];
  }
  const borrowing = limited.borrowingLimitPercent;
  const text = "if specified, must be a non-negative integer";
  return [
    ...errors,
    ...shareErrors("spec.limited", limited),
    ...responseErrors("spec.limited.limitResponse", limited.limitResponse),
    ...(borrowing !== undefined && borrowing < 0
      ? [invalid("spec.limited.borrowingLimitPercent", borrowing, text)]
      : []),
  ];
}

export const validatePriorityLevelStatusUpdate = ({ status }: PriorityLevelConfiguration) =>
  typedOnce("status.conditions", status?.conditions);

interface Shares {
  nominalConcurrencyShares?: number;
  lendablePercent?: number;
}

function shareErrors(
  field: string,
  { nominalConcurrencyShares: shares = 0, lendablePercent: percent = 0 }: Shares,
): FieldError[] {
  const text = "must be a non-negative integer";
  return [
    ...(shares < 0 ? [invalid(`${field}.nominalConcurrencyShares`, shares, text)] : []),
    ...(percent < 0 || percent > 100
      ? [invalid(`${field}.lendablePercent`, percent, inclusiveRange(0, 100))]
      : []),
  ];
}

function responseErrors(field: string, response: LimitResponse | undefined): FieldError[] {
  const { type = "", queuing } = response ?? {};
  const path = `${field}.queuing`;
  if (type === "Reject") {
    const text = "must be nil if limited.limitResponse.type is not Limited";
    return queuing ? [forbidden(path, text)] : [];
  }
  if (type !== "Queue") return [notSupported(`${field}.type`, type, ["Queue", "Reject"])];
  const text = "must not be empty if limited.limitResponse.type is Limited";
  return queuing ? queueErrors(path, queuing) : [required(path, text)];
}

const mostQueues = 10_000_000;
const mostBits = 60;

function queueErrors(field: string, queuing: QueuingConfiguration): FieldError[] {
  const { queues = 0, handSize = 0, queueLengthLimit = 0 } = queuing;
  const errors: FieldError[] = [];
  const refuse = (member: string, value: number, text: string) =>
    errors.push(invalid(`${field}.${member}`, value, text));
  if (queueLengthLimit <= 0) refuse("queueLengthLimit", queueLengthLimit, "must be positive");
  if (queues <= 0) refuse("queues", queues, "must be positive");
  if (queues > mostQueues) refuse("queues", queues, `must not be greater than ${mostQueues}`);
  if (handSize <= 0) refuse("handSize", handSize, "must be positive");
  else if (handSize > queues) {
    refuse("handSize", handSize, `should not be greater than queues (${queues})`);
  } else if (entropyBits(queues, handSize) > mostBits) {
    const needed = `required entropy bits of deckSize ${queues} and handSize ${handSize}`;
    refuse("handSize", handSize, `${needed} should not be greater than ${mostBits}`);
  }
  return errors;
}

/** How many random bits it takes to deal a hand. */
const entropyBits = (deckSize: number, handSize: number) =>
  Math.ceil(Math.log2(deckSize) * handSize);
