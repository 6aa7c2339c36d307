import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { watchTree } from "../run/processTree.ts";

/**
 * Runs a program to its end, all that it prints added to a log file.
 *
 * @param signal ends the program and all that it started; its reason is then thrown.
 * @returns the exit code; null when the program was killed or could not be started.
 */
export async function runLogged(
  command: readonly string[],
  options: { log: string; signal: AbortSignal },
): Promise<number | null> {
  const { log, signal } = options;
  signal.throwIfAborted();
  const file = await open(log, "a");
  try {
    await file.appendFile(`$ ${command.join(" ")}\n`);
    const child = spawn(command[0]!, command.slice(1), {
      stdio: ["ignore", file.fd, file.fd],
      detached: true,
      env: process.env,
    });
    const end = () => void watchTree(child.pid!).kill();
    if (child.pid !== undefined) signal.addEventListener("abort", end, { once: true });
    const exitCode = await new Promise<number | null>((resolve) => {
      child.once("error", (error) => file.appendFile(`${error.message}\n`).finally(() => resolve(null)));
      child.once("exit", resolve);
    });
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    return exitCode;
  } finally {
    await file.close();
  }
}
