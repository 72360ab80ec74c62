// hashicorp/http-echo: one text for every request.

import { file, tree } from "../file-system/tree.ts";
import { executable } from "../process/executable.ts";
import type { Process } from "../process/process.ts";
import type { Program } from "../process/program.ts";
import { goLogLine, occupy, openPort, textAnswer } from "./http-service.ts";
import { defineImage, type CatalogueEntry } from "./image.ts";

const program: Program = async (process) => {
  occupy(process, 5);
  const text = option(process, "text") ?? process.env.get("ECHO_TEXT");
  if (text === undefined) {
    await process.complain("Missing -text option or ECHO_TEXT env var!\n");
    return 127;
  }
  const status = Number(option(process, "status-code") ?? 200);
  const port = Number(/:(\d+)$/.exec(option(process, "listen") ?? ":5678")?.[1] ?? 5678);
  const headers = { "X-App-Name": "http-echo", "X-App-Version": "1.0.0" };
  openPort(process, port, async ({ headers: { host }, remoteAddress, remotePort, ...request }) => {
    const asked = `"${request.method} ${request.target} HTTP/${request.httpVersion}" ${status}`;
    const line = `${host} ${remoteAddress}:${remotePort} ${asked} ${text.length + 1}`;
    await process.print(goLogLine(process, line));
    return textAnswer(process, `${text}\n`, { status, headers });
  });
  await process.print(goLogLine(process, `[INFO] server is listening on :${port}`));
  await process.nextSignal(["SIGTERM", "SIGINT"]);
  return 0;
};

/** `-text=a`, `--text=a` or `-text a`. */
function option({ argv }: Process, name: string): string | undefined {
  for (const [index, arg] of argv.entries()) {
    const [, found, value] = /^--?([\w-]+)(?:=([^]*))?$/.exec(arg) ?? [];
    if (found === name) return (value ?? argv[index + 1] ?? "").replace(/^"([^]*)"$/, "$1");
  }
  return undefined;
}

export const httpEcho: CatalogueEntry = {
  repositories: ["docker.io/hashicorp/http-echo"],
  programs: { "http-echo": program },
  image: ({ tag = "latest" }) =>
    /^(?:latest|alpine|1\.0(?:\.0)?|0\.2\.[0-3])$/.test(tag)
      ? defineImage({
          sizeBytes: 3_052_344,
          entrypoint: ["/http-echo"],
          exposedPorts: [5678],
          user: "65532",
          files: () => tree({ "/http-echo": file(executable("http-echo"), 0o755), "/etc/": "" }),
        })
      : undefined,
};
