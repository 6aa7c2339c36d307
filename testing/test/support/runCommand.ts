import { spawn } from "node:child_process";
import { join } from "node:path";

export const REPOSITORY = join(import.meta.dirname, "..", "..", "..");

/** What version 0.1 wrote. */
export const FIXTURES = join(REPOSITORY, "testing", "fixtures", "0.1");

export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a built script of the repository, such as packages/vsi-eval/bin/vsi-eval.js, to its end. */
export async function runScript(script: string, words: readonly string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(REPOSITORY, script), ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const result: CommandResult = { exitCode: null, stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      result[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ ...result, exitCode }));
  });
}

/** Runs one of the commands as users do. */
export function runCommand(command: "vsi-build" | "vsi-eval" | "vsi-train", words: readonly string[]) {
  return runScript(`packages/${command}/bin/${command}.js`, words);
}
