import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as users run it: the shim and the built JavaScript (`npm test` builds first). */
export const VSI_BUILD = fileURLToPath(new URL("../../bin/vsi-build.js", import.meta.url));

export interface RunResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command to its end. */
export async function runVsiBuild(
  words: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<RunResult> {
  const child = spawn(process.execPath, [VSI_BUILD, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
