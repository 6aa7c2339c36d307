import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a short program ended; `exitCode` is null when it was killed or could not be started (then `failure` says why). */
export interface CapturedOutput {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  failure: string | null;
}

/** A minute: importing torch from a slow disk takes up to half of one. A program that hangs must not hang the command. */
const LONGEST_SECONDS = 60;

/** Runs a program that says something short and ends, such as `git status`. Never throws. */
export async function captureOutput(
  command: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<CapturedOutput> {
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ["ignore", "pipe", "pipe"],
    // Not spawn's own timeout: its timer outlives a program that could not be started, and holds the command up.
    signal: AbortSignal.timeout(LONGEST_SECONDS * 1000),
    killSignal: "SIGKILL",
    ...options,
  });
  const ended = new Promise<Pick<CapturedOutput, "exitCode" | "failure">>((resolve) => {
    child.once("error", (error) => resolve({ exitCode: null, failure: error.message }));
    child.once("close", (exitCode, signal) =>
      resolve({ exitCode, failure: signal === null ? null : `ended by ${signal}` }),
    );
  });
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, ...end };
}
