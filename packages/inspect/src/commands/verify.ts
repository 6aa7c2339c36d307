import {
  checkFlagValues,
  commonFlags,
  listenForSignals,
  type Progress,
  progressStyle,
  startProgress,
} from "@vsi/command";
import { printable } from "@vsi/dataset";
import { countOf } from "@vsi/report";
import type { Argv } from "yargs";
import { describeProblem } from "../folder/problem.ts";
import { type VerifyReport, verifyDataset } from "../verify/verifyDataset.ts";

/** Problems printed: enough to see what kind they are. --json lists all. */
const PRINTED_PROBLEMS = 20;

/**
 * Verifies a dataset and says what is wrong.
 * @returns the exit code: 1 when anything is
 */
export async function runVerify(flags: VerifyFlags): Promise<number> {
  checkFlagValues(flags);
  const { folder, regenerate, quiet, "log-level": logLevel } = flags;
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

/** The flags of `vsi-build verify`. */
export function verifyFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("folder", { type: "string", demandOption: true, describe: "The dataset folder" })
    .option("regenerate", {
      type: "boolean",
      default: false,
      describe: "Make every question again from the scenes and the seed, so that dropped and added ones show",
    })
    .example("$0 verify ./vsi-100k", "every file, id, count and answer")
    .example("$0 verify ./vsi-100k --json", "all problems, for a program");
}

type VerifyFlags = Awaited<ReturnType<typeof verifyFlags>["argv"]>;
