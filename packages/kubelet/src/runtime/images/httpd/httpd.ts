// docker.io/library/httpd: Apache's web server with its page, on Debian or Alpine.

import { file, link, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import { defineImage, type CatalogueEntry } from "../image.ts";
import { alpineRoot } from "../roots/alpine-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { httpdProgram } from "./program.ts";

const LATEST = "2.4.65";
const LAST_PATCH: { readonly [minor: string]: number } = { "2.2": 34, "2.4": 65 };
const PREFIX = "/usr/local/apache2";

export const httpd: CatalogueEntry = {
  repositories: ["docker.io/library/httpd"],
  programs: { httpd: httpdProgram },
  image: ({ tag = "latest" }) => {
    const plain = tag.replace(/-?(?:alpine(?:3\.\d+)?|bookworm|bullseye|buster|trixie)$/, "");
    const version = /^(?:latest|2|)$/.test(plain) ? LATEST : published(plain);
    if (version === undefined) return undefined;
    const isAlpine = tag.includes("alpine");
    return defineImage({
      sizeBytes: isAlpine ? 22_512_880 : 45_186_902,
      cmd: ["httpd-foreground"],
      env: [
        `PATH=${PREFIX}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        `HTTPD_PREFIX=${PREFIX}`,
        `HTTPD_VERSION=${version}`,
      ],
      workingDir: PREFIX,
      stopSignal: "SIGWINCH",
      exposedPorts: [80],
      files: () =>
        tree(
          {
            "/usr/local/bin/httpd-foreground": file(executable("httpd"), 0o755),
            [`${PREFIX}/bin/httpd`]: file(executable("httpd"), 0o755),
            [`${PREFIX}/bin/apachectl`]: file(executable("httpd"), 0o755),
            [`${PREFIX}/conf/httpd.conf`]: CONFIGURATION,
            [`${PREFIX}/htdocs/index.html`]: "<html><body><h1>It works!</h1></body></html>\n",
            [`${PREFIX}/logs/access_log`]: link("/dev/stdout"),
            [`${PREFIX}/logs/error_log`]: link("/dev/stderr"),
          },
          isAlpine ? alpineRoot("3.22.2") : debianRoot("12"),
        ),
    });
  },
};

function published(plain: string): string | undefined {
  const [, minor = "", patch] = /^(2\.\d)(?:\.(\d+))?$/.exec(plain) ?? [];
  const last = Object.hasOwn(LAST_PATCH, minor) ? LAST_PATCH[minor] : undefined;
  return last === undefined || Number(patch ?? 0) > last ? undefined : `${minor}.${patch ?? last}`;
}

const CONFIGURATION = `ServerRoot "${PREFIX}"
Listen 80
User www-data
Group www-data
ServerAdmin you@example.com
DocumentRoot "${PREFIX}/htdocs"
DirectoryIndex index.html
ErrorLog /proc/self/fd/2
LogLevel warn
`;
