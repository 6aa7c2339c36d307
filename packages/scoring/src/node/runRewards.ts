import { once } from "node:events";
import { readLines } from "./readLines.ts";
import { rewardLine } from "./rewardWorker.ts";

/** Rewards the lines of standard input on standard output. @returns the exit code */
export async function run(): Promise<number> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of the rewards is gone: there is nobody left to tell.
    if (error.code !== "EPIPE") throw error;
    process.exit(1);
  });
  process.stdin.setEncoding("utf8");
  return runRewards(process.stdin, process.stdout);
}

/**
 * Answers every line of `input` on `output` and returns the exit code. The input must come as UTF-8 text, cut
 * anywhere.
 */
export async function runRewards(input: AsyncIterable<string | Buffer>, output: NodeJS.WritableStream): Promise<0 | 1> {
  let exitCode: 0 | 1 = 0;
  let line = 0;
  for await (const lines of readLines(input)) {
    let answers = "";
    for (const text of lines) {
      line += 1;
      if (text?.trim() === "") continue;
      const { json, isError } = rewardLine(text, line);
      if (isError) exitCode = 1;
      answers += `${json}\n`;
    }
    // Answers are written as soon as their lines arrive, in one write; a full pipe is waited for.
    if (answers !== "" && !output.write(answers)) await once(output, "drain");
  }
  return exitCode;
}
