import { checkReportFile, inOneGo, type ReportFile, writeReportFile } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { EvaluationError } from "../errors.ts";
import { comparisonPage, comparisonText } from "../output/comparison.ts";
import { compareScores, readScoreReport } from "../score/compareScores.ts";
import type { COMPARE } from "./flags.ts";
import { checkOutputFiles } from "./score.ts";

/**
 * Compares two score reports and prints the differences.
 *
 * @returns the exit code
 */
export async function run(flags: Values<typeof COMPARE>): Promise<number> {
  const { a, b, html, overwrite } = flags;
  checkOutputFiles({ html }, [a, b]);
  const page: ReportFile | null =
    html === null ? null : { flag: "--html", path: html, command: "vsi-eval", isOurs: isOurPage, overwrite };
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
  if (page !== null) await writeReportFile(page, comparisonPage(comparison));
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(comparison, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${comparisonText(comparison)}\n`));
  return 0;
}
