import { resolve } from "node:path";
import {
  checkFlagValues,
  checkReportFile,
  commonFlags,
  inOneGo,
  type ReportFile,
  UsageError,
  writeReportFile,
} from "@vsi/command";
import { printable } from "@vsi/dataset";
import { hashFile } from "@vsi/dataset/node";
import { isOurPage } from "@vsi/report";
import type { Argv } from "yargs";
import { readBenchmark } from "../benchmark.ts";
import { BENCHMARK_SPLITS, findBenchmarkFile } from "../benchmarkFile.ts";
import { EXIT_CODES } from "../errors.ts";
import { perQuestionLines } from "../output/perQuestion.ts";
import { scoreCsv, scorePage, scoreText } from "../output/score.ts";
import { findPredictionsFile, readPredictions } from "../predictions.ts";
import { SCORE_SCHEMA, type ScoredAnswer, type ScoreReport, scorePredictions } from "../score/scorePredictions.ts";
import { readSettings } from "../settings.ts";

/**
 * Scores predictions, writes what was asked for and prints the table.
 *
 * @returns the exit code
 */
export async function runScore(flags: ScoreFlags): Promise<number> {
  checkFlagValues(flags);
  const { data, html, csv, "per-question": perQuestion } = flags;
  const predictionsFile = await findPredictionsFile(flags.predictions);
  const benchmarkFile = await findBenchmarkFile(data, flags.split ?? null);
  const inputs = [predictionsFile, benchmarkFile, ...(flags.settings === undefined ? [] : [flags.settings])];
  checkOutputFiles({ html, csv, "per-question": perQuestion }, inputs);
  const files = reportFiles(flags);
  for (const { file } of files) await checkReportFile(file);
  const questions = await readBenchmark(benchmarkFile);
  const predictions = await readPredictions(predictionsFile, questions);
  const { scores, answers } = inOneGo(() => scorePredictions(questions, predictions));
  const report: ScoreReport = {
    schema: SCORE_SCHEMA,
    data: { file: benchmarkFile.replaceAll("\\", "/"), sha256: await hashFile(benchmarkFile) },
    predictions: { file: predictionsFile.replaceAll("\\", "/") },
    settings: await readSettings(predictionsFile, flags.settings ?? null),
    ...scores,
  };
  for (const { file, make } of files) await writeReportFile(file, await make(report, answers));
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${scoreText(report)}\n`));
  return 0;
}

/** The files that were asked for, and what goes into them. */
function reportFiles({ html, csv, "per-question": perQuestion, overwrite }: ScoreFlags): {
  file: ReportFile;
  make: (report: ScoreReport, answers: readonly ScoredAnswer[]) => string | Promise<string>;
}[] {
  const fileOf = (flag: string, path: string, isOurs: ReportFile["isOurs"]): ReportFile => {
    return { flag, path, command: "vsi-eval", isOurs, overwrite };
  };
  return [
    ...(csv === undefined ? [] : [{ file: fileOf("--csv", csv, null), make: scoreCsv }]),
    ...(perQuestion === undefined
      ? []
      : [
          {
            file: fileOf("--per-question", perQuestion, null),
            make: (_: ScoreReport, answers: readonly ScoredAnswer[]) => perQuestionLines(answers),
          },
        ]),
    ...(html === undefined ? [] : [{ file: fileOf("--html", html, isOurPage), make: scorePage }]),
  ];
}

/**
 * Refuses an output file that is also an input or another output: its content would be lost.
 *
 * @param outputs by flag; those not given are undefined.
 * @throws UsageError naming the flag.
 */
export function checkOutputFiles(
  outputs: Readonly<Record<string, string | undefined>>,
  inputs: readonly string[],
): void {
  const taken = new Set(inputs.map((path) => resolve(path)));
  for (const [flag, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    if (taken.has(resolve(path))) {
      throw new UsageError(`--${flag} ${path}: already used as an input or another output. Choose another name.`);
    }
    taken.add(resolve(path));
  }
}

/** The flags of `vsi-eval score`. */
export function scoreFlags(commandLine: Argv) {
  return commonFlags(commandLine)
    .positional("predictions", {
      type: "string",
      demandOption: true,
      describe: 'JSONL of answers, one a line: {"id": 17, "prediction": "2.5 m"}',
    })
    .option("data", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "What was asked: VSI-Bench's JSONL, a JSONL of questions, or a dataset folder of vsi-build",
    })
    .option("split", {
      choices: BENCHMARK_SPLITS,
      requiresArg: true,
      defaultDescription: "test, or validation where there is no test",
      describe: "Which questions of a dataset folder",
    })
    .option("settings", {
      type: "string",
      requiresArg: true,
      defaultDescription: "settings.json beside the predictions, if there is one",
      describe: "The run's folder or its settings.json, to keep with the scores",
    })
    .option("csv", { type: "string", requiresArg: true, describe: "Also write the rows as CSV to this file" })
    .option("per-question", {
      type: "string",
      requiresArg: true,
      describe: "Also write to this JSONL file what was read in every answer, why, and what it is worth",
    })
    .option("html", {
      type: "string",
      requiresArg: true,
      describe: "Also write a report with plots to this file; it needs nothing else to be shown",
    })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe: "Replace the files to write, whoever wrote them; without it, only a page of vsi's is replaced",
    })
    .example("$0 score answers.jsonl --data ./vsi-100k", "the table")
    .example("$0 score answers.jsonl --data test.jsonl --json > a.json", "what vsi-eval compare reads")
    .epilogue(EXIT_CODES);
}

/** What was typed for a score. */
type ScoreFlags = Awaited<ReturnType<typeof scoreFlags>["argv"]>;
