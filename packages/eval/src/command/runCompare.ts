import { checkFlagValues } from "@vsi/command";
import { writeFileAtomically } from "@vsi/dataset/node";
import { compareScores } from "../compare/compareScores.ts";
import { readScoreReport } from "../compare/readScoreReport.ts";
import { EvaluationError } from "../evaluationError.ts";
import { comparisonPage } from "../output/comparisonPage.ts";
import { comparisonText } from "../output/comparisonText.ts";
import { checkOutputFiles } from "./checkOutputFiles.ts";
import type { CompareFlags } from "./compareFlags.ts";

/**
 * Compares two score reports and prints the differences.
 * @returns the exit code
 */
export async function runCompare(flags: CompareFlags): Promise<number> {
  checkFlagValues(flags);
  const { a, b, html } = flags;
  checkOutputFiles({ html }, [a, b]);
  const comparison = compareScores(await readScoreReport(a), await readScoreReport(b));
  if (comparison.questions_shared === 0) {
    throw new EvaluationError("comparison-empty", {
      file: b.replaceAll("\\", "/"),
      place: "questions",
      got: "no question of the first report",
      expected: "the same ids, scans and question types",
      advice: "Compare runs on the same benchmark.",
    });
  }
  if (html !== undefined) await writeFileAtomically(html, await comparisonPage(comparison));
  if (flags.json) process.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else if (!flags.quiet) process.stdout.write(`${comparisonText(comparison)}\n`);
  return 0;
}
