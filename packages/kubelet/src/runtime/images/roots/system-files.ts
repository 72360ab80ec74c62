// What every Linux root file system has, whatever the distribution.

import type { Directory } from "../../file-system/file-system.ts";
import { directory, file, link, tree } from "../../file-system/tree.ts";

export interface Distribution {
  id: string;
  name: string;
  version: string;
  /** `bookworm` */
  codename?: string;
  /** root's login shell */
  shell?: string;
}

/** A TZif file whose last line says UTC: enough for everything that reads it here. */
export const UTC_TIME_ZONE = "TZif2\nUTC0\n";

export function systemFiles(distribution: Distribution): Directory {
  const shell = distribution.shell ?? "/bin/sh";
  return tree({
    "/etc/passwd": [
      `root:x:0:0:root:/root:${shell}`,
      "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin",
      "bin:x:2:2:bin:/bin:/usr/sbin/nologin",
      "mail:x:8:8:mail:/var/mail:/usr/sbin/nologin",
      "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin",
      "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin",
      "",
    ].join("\n"),
    "/etc/group": "root:x:0:\ndaemon:x:1:\nbin:x:2:\nmail:x:8:\nwww-data:x:33:\nnogroup:x:65534:\n",
    "/etc/os-release": osRelease(distribution),
    "/etc/hosts": "127.0.0.1\tlocalhost\n",
    "/etc/hostname": "localhost\n",
    "/etc/resolv.conf": "",
    "/etc/localtime": UTC_TIME_ZONE,
    "/etc/profile": "export PATH\n",
    "/dev/": directory(),
    "/proc/": directory(0o555),
    "/sys/": directory(0o555),
    "/home/": directory(),
    "/mnt/": directory(),
    "/opt/": directory(),
    "/root/": directory(0o700),
    "/run/": directory(),
    "/srv/": directory(),
    "/tmp/": directory(0o1777),
    "/usr/bin/": directory(),
    "/usr/lib/": directory(),
    "/usr/local/bin/": directory(),
    "/usr/local/sbin/": directory(),
    "/usr/sbin/": directory(),
    "/usr/share/": directory(),
    "/var/cache/": directory(),
    "/var/lib/": directory(),
    "/var/log/": directory(),
    "/var/run": link("/run"),
    "/var/tmp/": directory(0o1777),
  });
}

function osRelease({ id, name, version, codename }: Distribution): string {
  const pretty = codename ? `${name} ${version} (${codename})` : `${name} ${version}`;
  const lines = [
    `PRETTY_NAME="${pretty}"`,
    `NAME="${name}"`,
    `VERSION_ID="${version}"`,
    `ID=${id}`,
  ];
  if (codename) lines.push(`VERSION_CODENAME=${codename}`);
  return `${lines.join("\n")}\n`;
}

/** Executables of one folder, each running the program of its name. */
export function executables(
  folder: string,
  names: readonly string[],
  content: (name: string) => Uint8Array,
): { [path: string]: ReturnType<typeof file> } {
  return Object.fromEntries(names.map((name) => [`${folder}/${name}`, file(content(name), 0o755)]));
}
