// How a command ended, as the error channel says it.
// @see kubernetes kubelet/pkg/cri/streaming/remotecommand/exec.go

import { internalError, type Status } from "@kubonsai/api";

export const succeeded = { metadata: {}, status: "Success" };

export function exitStatus(exitCode: number, command: readonly string[]): object {
  if (exitCode === 0) return succeeded;
  const words = `[${command.join(" ")}]`;
  return {
    metadata: {},
    status: "Failure",
    message:
      "command terminated with non-zero exit code: " +
      `error executing command ${words}, exit code ${exitCode}`,
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: String(exitCode) }] },
  };
}

/** The command did not run at all. */
export function notStarted(text: string): Omit<Status, "kind" | "apiVersion"> {
  const { metadata, status, message, reason, details, code } = internalError(
    `error executing command in container: ${text}`,
  ).status;
  return { metadata, status, message, reason, details, code };
}
