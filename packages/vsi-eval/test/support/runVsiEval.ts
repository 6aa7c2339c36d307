import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as users run it: the shim and the built JavaScript (`npm test` builds first). */
export const VSI_EVAL = fileURLToPath(new URL("../../bin/vsi-eval.js", import.meta.url));

/** How a command ended. */
export interface RunResult {
  /** null after a signal that it did not handle. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the built command. `ended` resolves when it ends, however that is. */
export function startVsiEval(
  words: readonly string[],
  environment: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<RunResult> } {
  // Whoever runs the tests may have a key of their own.
  const { OPENAI_API_KEY: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [VSI_EVAL, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited, ...environment },
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<RunResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...output }));
  });
  return { child, ended };
}

/** Runs the built command to its end. */
export async function runVsiEval(
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<RunResult> {
  return startVsiEval(words, environment).ended;
}
