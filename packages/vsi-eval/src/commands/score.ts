import { checkReportFile, inOneGo, type ReportFile, writeReportFile } from "@vsi/command";
import { checkOutputFiles } from "@vsi/command/internal";
import { terminalColumns } from "@vsi/command/internal/program";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { isOurPage } from "@vsi/report/internal";
import { readAnswered } from "../answered.ts";
import { benchmarkFiles, findBenchmarkFile, hashBenchmark } from "../benchmarkFile.ts";
import { perQuestionLines } from "../output/perQuestion.ts";
import { scoreCsv, scorePage, scoreText, worstAnswers } from "../output/score.ts";
import { worstPlans } from "../output/worstPlans.ts";
import { findPredictionsFile } from "../predictions.ts";
import { BOOTSTRAP_DEFAULTS } from "../score/intervals.ts";
import { SCORE_SCHEMA, type ScoredAnswer, type ScoreReport, scorePredictions } from "../score/scorePredictions.ts";
import { readSettings } from "../settings.ts";
import type { SCORE } from "./flags.ts";

/**
 * Scores predictions, writes what was asked for and prints the table.
 *
 * @returns the exit code
 */
export async function run(flags: Values<typeof SCORE>): Promise<number> {
  const { data, html, csv, perQuestion } = flags;
  const predictionsFile = await findPredictionsFile(flags.predictions);
  const benchmarkFile = await findBenchmarkFile(data, flags.split, flags.subset);
  const inputs = [
    predictionsFile,
    ...(await benchmarkFiles(benchmarkFile)),
    ...(flags.settings === null ? [] : [flags.settings]),
  ];
  checkOutputFiles({ html, csv, "per-question": perQuestion }, inputs);
  const files = reportFiles(flags, benchmarkFile);
  for (const { file } of files) await checkReportFile(file);
  const settings = await readSettings(predictionsFile, flags.settings);
  const { questions, predictions, selection } = await readAnswered(predictionsFile, benchmarkFile, settings, flags);
  const { scores, answers } = inOneGo(() => scorePredictions(questions, predictions, BOOTSTRAP_DEFAULTS, flags.reader));
  const report: ScoreReport = {
    schema: SCORE_SCHEMA,
    data: { file: benchmarkFile.replaceAll("\\", "/"), sha256: await hashBenchmark(benchmarkFile) },
    predictions: { file: predictionsFile.replaceAll("\\", "/") },
    selection,
    settings,
    ...scores,
  };
  for (const { file, make } of files) await writeReportFile(file, await make(report, answers));
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${scoreText(report, terminalColumns())}\n`));
  return 0;
}

/** The files that were asked for, and what goes into them. */
function reportFiles(
  { html, csv, perQuestion, overwrite }: Values<typeof SCORE>,
  benchmarkFile: string,
): {
  file: ReportFile;
  make: (report: ScoreReport, answers: readonly ScoredAnswer[]) => string | Promise<string>;
}[] {
  const fileOf = (flag: string, path: string, isOurs: ReportFile["isOurs"]): ReportFile => {
    return { flag, path, command: "vsi-eval", isOurs, overwrite };
  };
  const page = async (report: ScoreReport, answers: readonly ScoredAnswer[]) => {
    const worst = [...worstAnswers(answers).values()].flat();
    return scorePage(report, answers, await worstPlans(worst, benchmarkFile));
  };
  return [
    ...(csv === null ? [] : [{ file: fileOf("--csv", csv, null), make: scoreCsv }]),
    ...(perQuestion === null
      ? []
      : [
          {
            file: fileOf("--per-question", perQuestion, null),
            make: (_: ScoreReport, answers: readonly ScoredAnswer[]) => perQuestionLines(answers),
          },
        ]),
    ...(html === null ? [] : [{ file: fileOf("--html", html, isOurPage), make: page }]),
  ];
}
