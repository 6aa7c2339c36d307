import { checkFlagValues } from "@vsi/command";
import { hashFile, writeFileAtomically } from "@vsi/dataset/node";
import { findBenchmarkFile } from "../benchmark/findBenchmarkFile.ts";
import { readBenchmark } from "../benchmark/readBenchmark.ts";
import { perQuestionLines } from "../output/perQuestionLines.ts";
import { scoreCsv } from "../output/scoreCsv.ts";
import { scorePage } from "../output/scorePage.ts";
import { scoreText } from "../output/scoreText.ts";
import { readPredictions } from "../predictions/readPredictions.ts";
import { scorePredictions } from "../score/scorePredictions.ts";
import { SCORE_SCHEMA, type ScoreReport } from "../score/scoreReport.ts";
import { readSettings } from "../settings/readSettings.ts";
import { checkOutputFiles } from "./checkOutputFiles.ts";
import type { ScoreFlags } from "./scoreFlags.ts";

/**
 * Scores predictions, writes what was asked for and prints the table.
 * @returns the exit code
 */
export async function runScore(flags: ScoreFlags): Promise<number> {
  checkFlagValues(flags);
  const { predictions: predictionsFile, data, html, csv, "per-question": perQuestion } = flags;
  const benchmarkFile = await findBenchmarkFile(data, flags.split ?? null);
  const inputs = [predictionsFile, benchmarkFile, ...(flags.settings === undefined ? [] : [flags.settings])];
  checkOutputFiles({ html, csv, "per-question": perQuestion }, inputs);
  const questions = await readBenchmark(benchmarkFile);
  const predictions = await readPredictions(predictionsFile, questions);
  const { scores, answers } = scorePredictions(questions, predictions);
  const report: ScoreReport = {
    schema: SCORE_SCHEMA,
    data: { file: benchmarkFile.replaceAll("\\", "/"), sha256: await hashFile(benchmarkFile) },
    predictions: { file: predictionsFile.replaceAll("\\", "/") },
    settings: await readSettings(predictionsFile, flags.settings ?? null),
    ...scores,
  };
  if (csv !== undefined) await writeFileAtomically(csv, await scoreCsv(report));
  if (perQuestion !== undefined) await writeFileAtomically(perQuestion, perQuestionLines(answers));
  if (html !== undefined) await writeFileAtomically(html, await scorePage(report, answers));
  if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (!flags.quiet) process.stdout.write(`${scoreText(report)}\n`);
  return 0;
}
