// Media types as headers carry them: `application/json;as=Table;v=v1;g=meta.k8s.io;q=0.9`.

export interface MediaType {
  /** `application/json`, lower case; `*` where anything will do */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The Content-Type's type alone: `application/json` of `application/json; charset=utf-8`. */
export function typeOf(header: string): string {
  const end = header.indexOf(";");
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

/** An Accept header's clauses, the most wanted first; equally wanted ones keep their order. */
export function parseAccept(header: string): MediaType[] {
  const weighed = header.split(",").map((clause) => {
    const mediaType = parseMediaType(clause);
    return { mediaType, weight: weightOf(mediaType) };
  });
  return weighed
    .filter(({ mediaType, weight }) => mediaType.type !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ mediaType }) => mediaType);
}

/** Whether a clause (`application/*`) takes the type that we offer (`application/json`). */
export function takes(clause: MediaType, offered: string): boolean {
  if (clause.type === offered || clause.type === "*/*" || clause.type === "*") return true;
  return clause.type.endsWith("/*") && offered.startsWith(clause.type.slice(0, -1));
}

function parseMediaType(text: string): MediaType {
  const [type = "", ...rest] = text.split(";");
  const parameters = new Map<string, string>();
  for (const one of rest) {
    const equals = one.indexOf("=");
    if (equals < 0) continue;
    parameters.set(one.slice(0, equals).trim(), one.slice(equals + 1).trim());
  }
  return { type: type.trim().toLowerCase(), parameters };
}

function weightOf({ parameters }: MediaType): number {
  const q = Number(parameters.get("q") ?? 1);
  return Number.isNaN(q) ? 1 : q;
}
