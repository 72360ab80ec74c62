// Which Tomcat and Java a tag of the official image holds.

const LAST_PATCH: { readonly [minor: string]: number } = {
  "6.0": 53, "7.0": 109, "8.0": 53, "8.5": 100, "9.0": 112, "10.0": 27, "10.1": 49, "11.0": 14,
}; // prettier-ignore

const LAST_MINOR: { readonly [major: string]: string } = {
  "6": "6.0", "7": "7.0", "8": "8.5", "9": "9.0", "10": "10.1", "11": "11.0",
}; // prettier-ignore

/** From these patches on the examples lie in webapps.dist, and nothing is deployed. */
const FIRST_EMPTY: { readonly [minor: string]: number } = { "7.0": 97, "8.5": 46, "9.0": 26 };

const VARIANT = /-(?:alpine(?:3\.\d+)?|slim|(?:jre|jdk)\d+(?:-[a-z]+)*|temurin-[a-z]+)$/;

export interface TomcatVersion {
  /** `7.0.94` */
  readonly name: string;
  readonly major: number;
  readonly javaMajor: number;
  readonly hasApplications: boolean;
  readonly isAlpine: boolean;
}

/** @returns undefined when no such version was published */
export function tomcatVersionOf(tag: string): TomcatVersion | undefined {
  const [, java] = /(?:jre|jdk)(\d+)/.exec(tag) ?? [];
  let plain = tag;
  while (VARIANT.test(plain)) plain = plain.replace(VARIANT, "");
  if (/^(?:latest|alpine|(?:jre|jdk)\d+(?:-.*)?)$/.test(plain)) plain = "11";
  const [, majorText = "", minor, patch] = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(plain) ?? [];
  const branch = minor === undefined ? own(LAST_MINOR, majorText) : `${majorText}.${minor}`;
  const last = branch === undefined ? undefined : own(LAST_PATCH, branch);
  if (branch === undefined || last === undefined || Number(patch ?? 0) > last) return undefined;
  const number = Number(patch ?? last);
  const major = Number(majorText);
  const isEmpty = major > 9 || number >= (own(FIRST_EMPTY, branch) ?? Infinity);
  return {
    name: `${branch}.${number}`,
    major,
    javaMajor: Number(java ?? (major === 7 ? 7 : major < 10 ? 8 : 21)),
    hasApplications: !isEmpty,
    isAlpine: tag.includes("alpine"),
  };
}

function own<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
