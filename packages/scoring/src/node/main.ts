import { once } from "node:events";
import { LONGEST_LINE, readLines, rewardLine } from "./rewardWorker.ts";

const HELP = `vsi-reward: rewards for completions, for trainers in any language.

Reads JSON lines from standard input and writes one JSON line for each to standard output, in the same order, immediately.

  in   completion     the model's text
       ground_truth   the number, the word, or the option's letter
       question_type  VSI-Bench's name, for example object_counting
       options        null, or ["A. left", "B. right"]
       mode           "vanilla", "think" or "observe"
       accuracy       "paper" (default) or "mra"
  out  total          format + accuracy: 0 to 2, in vanilla mode 0 to 1
       format         0 or 1; null in vanilla mode
       accuracy       0 to 1
       guards         why a part of the reward was refused
       value, why     what was read as the answer, and how

A line that can't be rewarded gives {"line": 3, "code": ..., "error": ...} instead. Empty lines are skipped,
lines of more than ${LONGEST_LINE / 1024 ** 2} Mi characters are refused.
Exit status: 0 when every line was rewarded, 1 when one was not, 2 on wrong usage.
`;

/** The streams and arguments vsi-reward works on; the process's own unless a test gives others. */
interface CommandContext {
  input: AsyncIterable<string | Buffer>;
  output: NodeJS.WritableStream;
  errors: NodeJS.WritableStream;
  argv: readonly string[];
}

/** Runs vsi-reward on the process's streams and sets its exit code. */
export async function main(): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of the rewards is gone: there is nobody left to tell.
    if (error.code !== "EPIPE") throw error;
    process.exit(1);
  });
  process.stdin.setEncoding("utf8");
  process.exitCode = await runRewards({
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    argv: process.argv.slice(2),
  });
}

/**
 * Answers every line of `input` on `output` and returns the exit status. The input must come as UTF-8 text, cut
 * anywhere.
 */
export async function runRewards({ input, output, errors, argv }: CommandContext): Promise<0 | 1 | 2> {
  if (argv[0] === "--help" || argv[0] === "-h") {
    output.write(HELP);
    return 0;
  }
  if (argv.length > 0) {
    errors.write(`vsi-reward: got ${argv[0]}, expected no arguments. See vsi-reward --help.\n`);
    return 2;
  }
  let status: 0 | 1 = 0;
  let line = 0;
  for await (const lines of readLines(input)) {
    let answers = "";
    for (const text of lines) {
      line += 1;
      if (text?.trim() === "") continue;
      const { json, isError } = rewardLine(text, line);
      if (isError) status = 1;
      answers += `${json}\n`;
    }
    // Answers are written as soon as their lines arrive, in one write; a full pipe is waited for.
    if (answers !== "" && !output.write(answers)) await once(output, "drain");
  }
  return status;
}
