// A container's environment, packed into one string until a process looks at it.

import type { Image } from "../images/image.ts";
import type { ContainerConfig } from "../runtime.ts";

export function environmentOf(
  config: ContainerConfig,
  image: Image,
  { hostname, home }: { hostname: string; home: string },
): string {
  const entries = [`HOSTNAME=${hostname}`, ...image.env];
  for (const { name, value } of config.env) entries.push(`${name}=${value}`);
  if (config.tty) entries.push("TERM=xterm");
  if (!entries.some((entry) => entry.startsWith("HOME="))) entries.push(`HOME=${home}`);
  return Buffer.from(entries.join("\0")).toString();
}
