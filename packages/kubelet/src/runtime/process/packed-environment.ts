// A container's environment as one text, `NAME=value` parted by zero bytes: idle containers keep no map.

export function parseEnvironment(packed: string): Map<string, string> {
  const env = new Map<string, string>();
  for (const entry of packed.split("\0")) {
    const at = entry.indexOf("=");
    if (at > 0) env.set(entry.slice(0, at), entry.slice(at + 1));
  }
  return env;
}
