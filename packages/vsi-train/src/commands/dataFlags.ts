import { splitAtCommas, UsageError, wholeNumber } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import type { Argv } from "yargs";
import { DEFAULT_TRAIN_OPTIONS } from "../settings/trainOptions.ts";

/** The modes, in the paper's order. */
const MODES = ["vanilla", "think", "observe"] as const;

/** The flags that select from a dataset, the same for training and exporting. */
export function dataFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("data", {
      type: "string",
      demandOption: true,
      requiresArg: true,
      describe: "Dataset folder, as vsi-build --frames writes it",
    })
    .option("mode", {
      choices: MODES,
      default: DEFAULT_TRAIN_OPTIONS.mode as (typeof MODES)[number],
      describe: "How the model is asked to answer: at once, or after reasoning in think or observe tags",
    })
    .option("split", {
      choices: ["train", "validation"] as const,
      default: DEFAULT_TRAIN_OPTIONS.split as "train" | "validation",
      describe: "Which file of the dataset; the test split is the benchmark's own and never trained on",
    })
    .option("types", {
      type: "string",
      array: true,
      coerce: toTypes,
      requiresArg: true,
      defaultDescription: "all",
      describe: "Question types, with commas between",
    })
    .option("limit", {
      type: "number",
      coerce: wholeNumber("--limit", 1),
      requiresArg: true,
      describe: "At most so many questions, drawn by the seed",
    })
    .option("frames", {
      type: "number",
      coerce: wholeNumber("--frames", 1),
      requiresArg: true,
      defaultDescription: "the preset's, 16 in the paper's",
      describe: "At most so many frames a question, spread evenly over the dataset's",
    })
    .option("max-pixels", {
      type: "number",
      coerce: wholeNumber("--max-pixels", 1),
      requiresArg: true,
      defaultDescription: "the preset's",
      describe: "Pixels that a frame is shrunk to",
    })
    .option("seed", {
      type: "number",
      default: DEFAULT_TRAIN_OPTIONS.seed as number,
      coerce: wholeNumber("--seed", 0),
      requiresArg: true,
      describe: "Decides what is drawn, the data's order and new weights",
    })
    .option("overwrite", {
      type: "boolean",
      default: false,
      describe: "Replace what vsi-train wrote to --out before",
    });
}

function toTypes(values: readonly string[]): QuestionType[] {
  return splitAtCommas(values).map((value) => {
    const type = QUESTION_TYPES.find((known) => known === value);
    if (type !== undefined) return type;
    throw new UsageError(`--types: got ${value}, expected one of ${QUESTION_TYPES.join(", ")}.`);
  });
}
