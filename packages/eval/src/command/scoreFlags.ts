import { commonFlags } from "@vsi/command";
import type { Argv } from "yargs";
import { BENCHMARK_SPLITS } from "../benchmark/findBenchmarkFile.ts";
import { EXIT_CODES } from "./exitCodes.ts";

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
    .example("$0 score answers.jsonl --data ./vsi-100k", "the table")
    .example("$0 score answers.jsonl --data test.jsonl --json > a.json", "what vsi-eval compare reads")
    .epilogue(EXIT_CODES);
}

/** What was typed for a score. */
export type ScoreFlags = Awaited<ReturnType<typeof scoreFlags>["argv"]>;
