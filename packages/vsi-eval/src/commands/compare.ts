import { checkReportFile, inOneGo, type ReportFile, writeReportFile } from "@vsi/command";
import { checkOutputFiles } from "@vsi/command/internal";
import { terminalColumns } from "@vsi/command/internal/program";
import type { Values } from "@vsi/command/program";
import { at, printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { EvaluationError } from "../errors.ts";
import { comparisonPage, comparisonText } from "../output/comparison.ts";
import { runsMarkdown, runsPage, runsText } from "../output/runs.ts";
import { compareRuns, flippedQuestions } from "../score/compareRuns.ts";
import { type ComparedReport, compareScores, readScoreReport } from "../score/compareScores.ts";
import type { COMPARE } from "./flags.ts";

/**
 * Compares score reports and prints the differences: two in detail, more side by side.
 *
 * @returns the exit code
 */
export async function run(flags: Values<typeof COMPARE>): Promise<number> {
  const { a, b, others, html, overwrite } = flags;
  const paths = [a, b, ...others];
  checkOutputFiles({ html }, paths);
  const page: ReportFile | null =
    html === null ? null : { flag: "--html", path: html, command: "vsi-eval", isOurs: isOurPage, overwrite };
  if (page !== null) await checkReportFile(page);
  const reports: ComparedReport[] = [];
  for (const path of paths) reports.push(await readScoreReport(path));
  const result = inOneGo(() => (others.length === 0 ? twoRuns(reports, flags) : manyRuns(reports, flags)));
  if (result.questions_shared === 0) {
    throw new EvaluationError("comparison-empty", {
      file: at(paths, paths.length - 1).replaceAll("\\", "/"),
      place: "questions",
      got: others.length === 0 ? "no question of the first run" : "no question that all of the runs have",
      expected: "the same ids, scans and question types",
      advice: "Compare runs on the same benchmark.",
    });
  }
  if (page !== null) await writeReportFile(page, result.page());
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(result.json, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${result.text()}\n`));
  return 0;
}

interface Result {
  questions_shared: number;
  json: unknown;
  page: () => string;
  text: () => string;
}

function twoRuns(reports: readonly ComparedReport[], { markdown }: Values<typeof COMPARE>): Result {
  const comparison = compareScores(at(reports, 0), at(reports, 1));
  const flipped = flippedQuestions(reports);
  return {
    questions_shared: comparison.questions_shared,
    json: { ...comparison, flipped },
    page: () => comparisonPage(comparison, flipped),
    text: () => (markdown ? runsMarkdown(compareRuns(reports)).trimEnd() : comparisonText(comparison, flipped)),
  };
}

function manyRuns(reports: readonly ComparedReport[], { markdown }: Values<typeof COMPARE>): Result {
  const comparison = compareRuns(reports);
  return {
    questions_shared: comparison.questions_shared,
    json: comparison,
    page: () => runsPage(comparison),
    text: () => (markdown ? runsMarkdown(comparison).trimEnd() : runsText(comparison, terminalColumns())),
  };
}
