import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as users run it: the shim and the built JavaScript (`npm test` builds first). */
const VSI_TRAIN = fileURLToPath(new URL("../../bin/vsi-train.js", import.meta.url));

/** How a run of the command ended. */
export interface RunResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the built command; `ended` waits for its end. */
export function startVsiTrain(words: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [VSI_TRAIN, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<RunResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended, stderr: () => stderr };
}
