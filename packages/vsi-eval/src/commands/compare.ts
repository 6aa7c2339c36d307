import { checkFlagValues, checkReportFile, commonFlags, inOneGo, type ReportFile, writeReportFile } from "@vsi/command";
import { printable } from "@vsi/dataset";
import { isOurPage } from "@vsi/report";
import type { Argv } from "yargs";
import { EvaluationError, EXIT_CODES } from "../errors.ts";
import { comparisonPage, comparisonText } from "../output/comparison.ts";
import { compareScores, readScoreReport } from "../score/compareScores.ts";
import { checkOutputFiles } from "./score.ts";

/**
 * Compares two score reports and prints the differences.
 *
 * @returns the exit code
 */
export async function runCompare(flags: CompareFlags): Promise<number> {
  checkFlagValues(flags);
  const { a, b, html, overwrite } = flags;
  checkOutputFiles({ html }, [a, b]);
  const page: ReportFile | null =
    html === undefined ? null : { flag: "--html", path: html, command: "vsi-eval", isOurs: isOurPage, overwrite };
  if (page !== null) await checkReportFile(page);
  const [first, second] = [await readScoreReport(a), await readScoreReport(b)];
  const comparison = inOneGo(() => compareScores(first, second));
  if (comparison.questions_shared === 0) {
    throw new EvaluationError("comparison-empty", {
      file: b.replaceAll("\\", "/"),
      place: "questions",
      got: "no question of the first run",
      expected: "the same ids, scans and question types",
      advice: "Compare runs on the same benchmark.",
    });
  }
  if (page !== null) await writeReportFile(page, await comparisonPage(comparison));
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(comparison, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${comparisonText(comparison)}\n`));
  return 0;
}

/** The flags of `vsi-eval compare`. */
export function compareFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("a", {
      type: "string",
      demandOption: true,
      describe: "What vsi-eval score --json printed for the first run",
    })
    .positional("b", { type: "string", demandOption: true, describe: "The same for the second run" })
    .option("html", {
      type: "string",
      requiresArg: true,
      describe: "Also write a report with a plot to this file; it needs nothing else to be shown",
    })
    .option("overwrite", { type: "boolean", default: false, describe: "Replace the file of --html, whoever wrote it" })
    .example("$0 compare before.json after.json", "what changed, and whether it may be chance")
    .epilogue(EXIT_CODES);
}

/** What was typed for a comparison. */
type CompareFlags = Awaited<ReturnType<typeof compareFlags>["argv"]>;
