// Reads nginx's configuration from the container's files; containers with the same files share the
// result.

import type { Process } from "../../process/process.ts";
import { parseConfiguration, type Directive } from "./configuration.ts";
import type { NginxOptions } from "./options.ts";
import { siteOf, type Site } from "./site.ts";

interface Loaded {
  readonly main: readonly Directive[];
  readonly site: Site;
}

const MOST_KEPT = 100;
const kept = new Map<string, Loaded>();

/** @throws ConfigurationError */
export function loadSite(process: Process, options: NginxOptions): Loaded {
  const key = sourceKey(process, options.file);
  const known = key === undefined ? undefined : kept.get(key);
  if (known) return known;
  const main = parseConfiguration(process.files, options.file);
  const loaded = { main, site: siteOf(main) };
  if (key === undefined) return loaded;
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, loaded);
  return loaded;
}

const UNUSUAL_INCLUDE =
  /\binclude\s+(?!\s)(?!(?:\/etc\/nginx\/)?(?:mime\.types|conf\.d\/\*\.conf);)/;

/** What the files of a usual configuration say; undefined when others are included. */
function sourceKey({ files }: Process, file: string): string | undefined {
  const folder = "/etc/nginx/conf.d";
  const names = files.find(folder)?.kind === "directory" ? files.list(folder) : [];
  const paths = [file, ...names.map((name) => `${folder}/${name}`)];
  const texts = paths.map((path) =>
    files.find(path)?.kind === "file" ? files.readText(path) : "",
  );
  if (texts.some((text) => UNUSUAL_INCLUDE.test(text))) return undefined;
  const types = files.find("/etc/nginx/mime.types");
  const typesKey = types?.kind === "file" ? `${types.size} ${types.meta.modifiedMs}` : "";
  return [typesKey, ...paths, ...texts].join("\0");
}

const VERSION = /(?:^|\0)NGINX_VERSION=([^\0]*)/;

/** The version that the image's build wrote down: `nginx/1.20.2`. */
export function versionOf(process: Process): string {
  return `nginx/${VERSION.exec(process.world.environment)?.[1] ?? "1.29.4"}`;
}
