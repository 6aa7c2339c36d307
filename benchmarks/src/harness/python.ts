import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BenchmarkError } from "../harness/errors.ts";

/** Python lies beside the sources, not in dist. */
const program = fileURLToPath(new URL("../../src/rewards/rewards.py", import.meta.url));

/** The version of python3, or null where there is none. */
export function pythonVersion(): string | null {
  const { status, stdout } = spawnSync("python3", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Starts rewards.py on a file of requests. @returns asks it one word and gives its answer's line; it ends with this
 * process.
 */
export function startPython(requests: string): (word: "totals" | "run") => Promise<string> {
  const child = spawn("python3", [program, requests], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (word) => {
    child.stdin.write(`${word}\n`);
    const { done, value } = await lines.next();
    if (!done) return value;
    throw new BenchmarkError({
      place: "rewards.py",
      got: "its end",
      expected: "a line",
      advice: "Its error stands above.",
    });
  };
}
