import { SPLIT_WORDS } from "@vsi/command/internal/program";
import { defineCommand, defineFlags } from "@vsi/command/program";
import type { DatasetSplit } from "@vsi/dataset";

/** The folder that a command looks at. */
const FOLDER = { folder: { describe: "Dataset folder" } } as const;

/** Null for all splits. */
const SPLIT = defineFlags({
  split: {
    ...SPLIT_WORDS,
    value: "NAME",
    parse: (split: string) => (split === "all" ? null : (split as DatasetSplit)),
    defaultText: "all",
    describe: "Only this split",
  },
});

export const VERIFY = defineCommand({
  about: "Check every file, id, count and answer of a dataset",
  arguments: FOLDER,
  flags: {
    regenerate: {
      type: "boolean",
      describe: "Also make every question again from the scenes and the seed, to find dropped and added ones",
    },
  },
  examples: [
    ["vsi-build verify ./vsi-100k", "every file, id, count and answer"],
    ["vsi-build verify ./vsi-100k --json", "all problems, for a program"],
  ],
});

export const STATS = defineCommand({
  about: "Count questions, answers and rejects by split and type",
  arguments: FOLDER,
  flags: {},
  examples: [["vsi-build stats ./vsi-100k", "questions, answers and rejects by type"]],
});

export const SHOW = defineCommand({
  about: "Show a question, its answer, its evidence and the room",
  arguments: { ...FOLDER, id: { type: "text", describe: "The question's id, or the beginning of it" } },
  flags: {
    svg: { type: "path", value: "FILE", describe: "Write the drawing to this SVG file" },
    overwrite: { type: "boolean", needs: "svg", describe: "Replace the SVG file, whoever wrote it" },
  },
  examples: [
    ["vsi-build show ./vsi-100k 3f9a", "if only one id begins like this"],
    ["vsi-build show ./vsi-100k 3f9a --svg plan.svg", "the room from above, as a picture"],
  ],
});

export const EXPORT = defineCommand({
  about: "Write a dataset's questions in another format",
  arguments: FOLDER,
  flags: {
    format: {
      type: "text",
      value: "NAME",
      choices: ["vsi-bench"],
      required: true,
      describe: "Output format, with VSI-Bench's own fields; the answer is a letter where there are options",
    },
    out: { type: "path", value: "FILE", required: true, describe: "File to write, outside the dataset folder" },
    ...SPLIT,
    overwrite: { type: "boolean", describe: "Replace the file if it exists" },
  },
  examples: [
    ["vsi-build export ./vsi-bench --format vsi-bench --out bench.jsonl", "what VSI-Bench's evaluation code reads"],
  ],
});

const DEBIAS = "With --debias";

export const AUDIT = defineCommand({
  about: "Measure what can be guessed blind; --debias drops it",
  arguments: { folder: { describe: "Dataset folder, or a benchmark's JSONL file" } },
  flags: {
    split: { ...SPLIT.split, defaultText: "each on its own" },
    limit: {
      type: "number",
      above: 0,
      below: 1,
      // Three questions in 100: what an expert's model finds on top of ours is no more than that (PAPERS.md).
      default: 0.03,
      describe: "How far above chance a blind guess may score, between 0 and 1",
    },
    seed: { type: "whole", from: 0, default: 0, describe: "Random seed: which rooms are held out together" },
    html: { type: "path", value: "FILE", describe: "Also write the audit as an HTML page with plots" },
    debias: { type: "boolean", describe: "Drop questions until every type is below the limit" },
    out: {
      type: "path",
      group: DEBIAS,
      needs: "debias",
      value: "FOLDER",
      describe: "Dataset folder to write the rest to",
    },
    resume: { type: "boolean", group: DEBIAS, needs: "debias", describe: "Finish a run that was interrupted" },
    overwrite: {
      type: "boolean",
      group: DEBIAS,
      needs: ["debias", "html"],
      describe:
        "Replace a dataset that vsi-build wrote, never other files; with --html, replace the page, whoever wrote it",
    },
  },
  examples: [
    ["vsi-build audit ./vsi-100k --html audit.html", "is the answer given away without looking?"],
    ["vsi-build audit ./test.jsonl", "the same for a benchmark's own file"],
    ["vsi-build audit ./vsi-100k --debias --out ./debiased", "and without what gives answers away"],
  ],
});
