// busybox and its links, as the busybox and alpine images lay them out.

import { file, link, type Leaf } from "../../file-system/tree.ts";
import { busyboxApplets } from "../../applets/index.ts";
import { executable } from "../../process/executable.ts";

/** /bin/busybox with a link for every applet. */
export function busyboxTools(): { [path: string]: Leaf } {
  const links = busyboxApplets.map((name) => [`/bin/${name}`, link("/bin/busybox")] as const);
  return {
    ...Object.fromEntries(links),
    "/bin/busybox": file(executable("busybox"), 0o755),
    "/sbin/nologin": link("/bin/busybox"),
    "/usr/bin/env": link("/bin/busybox"),
  };
}
