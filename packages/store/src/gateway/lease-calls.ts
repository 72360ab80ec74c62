// The gateway's calls for leases.

import type { MultiVersionStore } from "../multi-version/multi-version-store.ts";
import { grantAnswer, headerAnswer, leasesAnswer, timeToLiveAnswer } from "./encode-answers.ts";
import { flagMember, integerMember, longMember, type Body } from "./fields.ts";

export async function grant({ lessor }: MultiVersionStore, body: Body): Promise<string> {
  const id = longMember(body, "ID");
  const { revision, result } = await lessor.grant(id, integerMember(body, "TTL"));
  return grantAnswer(revision, result);
}

export async function revoke({ lessor }: MultiVersionStore, body: Body): Promise<string> {
  const { revision } = await lessor.revoke(longMember(body, "ID"));
  return headerAnswer(revision);
}

export function timeToLive({ lessor, revision }: MultiVersionStore, body: Body): string {
  const id = longMember(body, "ID");
  const lease = lessor.get(id);
  const remainingSeconds = lease ? lessor.remaining(lease) : 0;
  const withKeys = flagMember(body, "keys");
  return timeToLiveAnswer(revision, { id, lease, remainingSeconds, withKeys });
}

export const leases = ({ lessor, revision }: MultiVersionStore): string =>
  leasesAnswer(revision, lessor.all());
