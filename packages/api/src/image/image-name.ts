// What an image is called: registry, repository, tag, digest.
//
//   nginx                → docker.io/library/nginx, tag latest
//   quay.io/a/b:1@sha256:… → quay.io/a/b, tag 1, digest sha256:…
//
// @see kubernetes pkg/util/parsers/parsers.go ParseImageName

export interface ImageName {
  /** `docker.io/library/nginx` */
  readonly repository: string;
  /** "" beside a digest; `latest` when neither tag nor digest is given */
  readonly tag: string;
  readonly digest: string;
}

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const domainPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const reference = new RegExp(
  `^((?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?/)?` +
    `(${component}(?:/${component})*)` +
    "(?::(\\w[\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$",
);

/** Undefined for a text that is no image reference: `Nginx`, `a b`, `:1`. */
export function parseImageName(image: string): ImageName | undefined {
  if (image.length > 4096 || /^[a-f0-9]{64}$/.test(image)) return undefined;
  const match = reference.exec(withRegistry(image));
  if (match === null) return undefined;
  const [, domain = "", path = "", tag = "", digest = ""] = match;
  return { repository: domain + path, tag: tag || (digest === "" ? "latest" : ""), digest };
}

/** A first part is a registry when it has a dot, a port or a capital, or is `localhost`. */
function withRegistry(image: string): string {
  const slash = image.indexOf("/");
  const first = image.slice(0, slash);
  const isRegistry =
    slash > 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  if (!isRegistry) return `docker.io/${slash === -1 ? "library/" : ""}${image}`;
  if (first !== "docker.io" && first !== "index.docker.io") return image;
  const rest = image.slice(slash + 1);
  return `docker.io/${rest.includes("/") ? "" : "library/"}${rest}`;
}
