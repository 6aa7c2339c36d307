import { listenForSignals, type Progress, progressStyle, startProgress } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";
import { describeProblem } from "../folder/problem.ts";
import { type VerifyReport, verifyDataset } from "../verify/verifyDataset.ts";
import type { VERIFY } from "./flags.ts";

/** Problems printed: enough to see what kind they are. --json lists all. */
const PRINTED_PROBLEMS = 20;

/**
 * Verifies a dataset and says what is wrong.
 * @returns the exit code: 1 when anything is
 */
export async function run(flags: Values<typeof VERIFY>): Promise<number> {
  const { folder, regenerate, quiet, logLevel } = flags;
  let progress: Progress | null = null;
  const interruption = listenForSignals();
  const report = await verifyDataset(folder, {
    regenerate,
    signal: interruption.signal,
    onStart(scenes) {
      // Without --regenerate this takes seconds.
      if (regenerate)
        progress = startProgress(scenes, "scenes", progressStyle({ quiet: quiet || flags.json, logLevel }));
    },
    onScene: (sceneName) => progress?.done(sceneName),
  }).finally(() => {
    progress?.stop();
    interruption.stopListening();
  });
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else {
    for (const problem of report.problems.slice(0, PRINTED_PROBLEMS)) {
      process.stderr.write(printable(`${describeProblem(problem)}\n`));
    }
    if (!flags.quiet) process.stdout.write(printable(`${closingLines(report)}\n`));
  }
  return report.problems.length > 0 ? 1 : 0;
}

function closingLines({
  dataset,
  files,
  scenes,
  questions,
  recomputed,
  regenerated,
  problems,
  seconds,
}: VerifyReport): string {
  const left = problems.length - PRINTED_PROBLEMS;
  return [
    ...(left > 0 ? [`... and ${countOf(left, "problem")} more; --json lists them all.`] : []),
    `${countOf(files, "file")} and ${countOf(scenes, "scene")} checked, ${recomputed.toLocaleString("en-US")} of ${countOf(questions, "answer")} recomputed, ${regenerated === null ? "" : `${countOf(regenerated, "question")} made again, `}${seconds.toFixed(1)} seconds.`,
    problems.length === 0
      ? `${dataset} is intact: no problems found.`
      : `${dataset}: ${countOf(problems.length, "problem")}.`,
  ].join("\n");
}
