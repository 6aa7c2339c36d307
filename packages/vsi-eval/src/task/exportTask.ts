import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "@vsi/command";
import { checkOutsideDatasets, overlap } from "@vsi/command/internal";
import type { RecordValues, Values } from "@vsi/command/program";
import { questionTypeRow } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { fileError, makeFolder } from "@vsi/dataset/internal/node";
import { writeFileAtomically } from "@vsi/dataset/node";
import { readBenchmark } from "../benchmark.ts";
import { findBenchmarkFile } from "../benchmarkFile.ts";
import type { EXPORT_TASK } from "../commands/flags.ts";
import { type EvalQuestion, isRevsi } from "../evalQuestion.ts";
import { scoredAs } from "../foreignTypes.ts";
import { readOptions } from "../publishedQuestion.ts";
import { type FrameFile, findFrames } from "../run/frames.ts";
import { frameRoots } from "../run/planRun.ts";
import { promptText } from "../run/runOptions.ts";
import { TASK_MARK, taskPython } from "./taskPython.ts";

/** What is exported, and as which task. */
export type ExportTaskOptions = RecordValues<typeof EXPORT_TASK.flags> &
  Pick<Values<typeof EXPORT_TASK>, "data" | "split" | "limit" | "framesDir" | "out" | "overwrite"> & {
    /** The task's name; null: the folder's. */
    name: string | null;
  };

/** What was written; `--json` prints it. */
export interface ExportTaskReport {
  out: string;
  task: string;
  questions: number;
  files: string[];
  /** VLMEvalKit's among the files; null for videos, which its tables of one's own can't show. */
  table: string | null;
}

/**
 * Writes a benchmark as a task of lmms-eval (NAME.yaml, utils.py, test.jsonl) and as VLMEvalKit's table (NAME.tsv), with
 * the prompts that `vsi-eval run` would send. Frames and videos are found from the task's folder, so that both can be
 * moved together; the table has absolute paths, which utils.py writes anew.
 *
 * @throws EvaluationError as readBenchmark and findFrames; UsageError for ReVSI, whose tasks lmms-eval has, for a name
 * that is none, and for an `out` that holds something else; DatasetError as in fileError.
 */
export async function exportTask(options: ExportTaskOptions): Promise<ExportTaskReport> {
  const { data, split, subset, limit, frames: most, framesDir, out, overwrite } = options;
  const task = options.name ?? basename(resolve(out));
  checkName(task);
  await checkOutsideDatasets("--out", out, "folder");
  await checkOut(out, overwrite);
  if (await overlap(data, out)) {
    throw new UsageError(`--out ${out}: is ${data}, or inside it, or contains it. Choose a folder elsewhere.`);
  }
  const all = await readBenchmark(await findBenchmarkFile(data, split, subset), { subset });
  if (isRevsi(all)) {
    throw new UsageError("DATA: got ReVSI's questions, which lmms-eval has as tasks of its own (revsi_32_frame, ...).");
  }
  const questions = limit === null ? all : all.slice(0, limit);
  const roots = await frameRoots({ data, framesFolder: framesDir });
  const frames = await findFrames(questions, roots, most);
  const root = commonRoot(roots, frames.flat());
  const records = questions.map((question, index) => taskRecord(question, at(frames, index), root, options));
  const table = records.some(({ video }) => video !== null) ? null : `${task}.tsv`;
  const files: [string, string][] = [
    ["test.jsonl", records.map((record) => `${JSON.stringify(record)}\n`).join("")],
    ...(table === null ? [] : [[table, vlmEvalKitTable(questions, records, root)] satisfies [string, string]]),
    ["utils.py", taskPython(posix(relative(resolve(out), root)), `${task}.tsv`)],
    // Last: with it the task is there.
    [`${task}.yaml`, taskYaml(task, questions, options.maxTokens)],
  ];
  try {
    makeFolder(out);
  } catch (error) {
    throw fileError(error, out, "a folder to write to");
  }
  for (const [name, content] of files) await writeFileAtomically(join(out, name), content);
  return { out, task, questions: questions.length, files: files.map(([name]) => name), table };
}

/** The folder that holds all of the frames: one of the roots where that is enough. */
function commonRoot(roots: readonly string[], frames: readonly FrameFile[]): string {
  const paths = frames.map(({ path }) => resolve(path));
  const holdsAll = (folder: string): boolean => paths.every((path) => path.startsWith(join(folder, sep)));
  let folder = roots.map((root) => resolve(root)).find(holdsAll) ?? dirname(paths[0] ?? resolve("."));
  while (!holdsAll(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function posix(path: string): string {
  return path.split(sep).join("/");
}

/** Both programs take it for part of a file's name, and YAML as it stands. */
function checkName(name: string): void {
  if (/^[A-Za-z_][\w-]*$/.test(name)) return;
  throw new UsageError(
    `--name ${name}: expected letters, digits, - and _, a letter first. Give --name, or another --out.`,
  );
}

async function checkOut(out: string, overwrite: boolean): Promise<void> {
  const found = await stat(out).catch(() => null);
  if (found === null) return;
  if (!found.isDirectory()) throw new UsageError(`--out ${out}: got a file, expected a folder or nothing.`);
  if ((await readdir(out)).length === 0) return;
  const python = await readFile(join(out, "utils.py"), "utf8").catch(() => "");
  if (!python.startsWith(TASK_MARK)) {
    throw new UsageError(`--out ${out}: holds files that are no task of vsi-eval export-task. Choose another name.`);
  }
  if (!overwrite) throw new UsageError(`--out ${out}: holds a task. Choose another name, or add --overwrite.`);
}

/** One line of test.jsonl. */
interface TaskRecord {
  id: string;
  dataset: string;
  scene_name: string;
  question_type: string;
  question: string;
  options: readonly string[] | null;
  /** The letter where there are options, as in VSI-Bench's own file. */
  ground_truth: string;
  is_number: boolean;
  prompt: string;
  /** From the folder that utils.py names. */
  frames: string[];
  /** In place of frames; the harness samples it. */
  video: string | null;
}

function taskRecord(
  question: EvalQuestion,
  frames: readonly FrameFile[],
  root: string,
  { mode, prompts }: Pick<ExportTaskOptions, "mode" | "prompts">,
): TaskRecord {
  const { id, dataset, scene_name, question_type, options, mc_answer, ground_truth } = question;
  const isVideo = frames.some(({ videoFrame }) => videoFrame !== undefined);
  const nameOf = ({ path }: FrameFile): string => posix(relative(root, resolve(path)));
  return {
    id,
    dataset,
    scene_name,
    question_type,
    question: question.question,
    options,
    ground_truth: mc_answer ?? ground_truth,
    is_number: questionTypeRow(scoredAs(question)).unit !== null,
    prompt: promptText(question, mode, prompts),
    frames: isVideo ? [] : frames.map(nameOf),
    video: isVideo ? nameOf(at(frames, 0)) : null,
  };
}

function taskYaml(task: string, questions: readonly EvalQuestion[], maxTokens: number): string {
  const types = [...new Set(questions.map(({ question_type }) => question_type))].sort();
  const metric = (name: string, aggregation: string): string[] => [
    // JSON is YAML: a type's name may hold anything.
    `  - metric: ${JSON.stringify(name)}`,
    `    aggregation: !function utils.${aggregation}`,
    "    higher_is_better: true",
  ];
  return `${[
    TASK_MARK,
    `task: ${task}`,
    "dataset_path: json",
    "dataset_kwargs:",
    "  data_files:",
    // From this file's folder.
    "    test: test.jsonl",
    "test_split: test",
    "output_type: generate_until",
    "doc_to_visual: !function utils.doc_to_visual",
    "doc_to_text: !function utils.doc_to_text",
    "doc_to_target: ground_truth",
    "generation_kwargs:",
    `  max_new_tokens: ${maxTokens}`,
    "  temperature: 0",
    "  do_sample: false",
    "process_results: !function utils.process_results",
    "metric_list:",
    ...metric("overall", "overall"),
    ...types.flatMap((type) => metric(type, "mean")),
    "metadata:",
    "  - version: 1.0",
  ].join("\n")}\n`;
}

/**
 * VLMEvalKit's table: a row a question, its options in columns of their letters, its pictures as Python's text of a list
 * of paths. The index is the question's id, so that what comes back needs no order.
 */
function vlmEvalKitTable(questions: readonly EvalQuestion[], records: readonly TaskRecord[], root: string): string {
  const optionsOf = questions.map(({ options }) =>
    options === null ? new Map<string, string>() : readOptions(options, { file: "", place: "" }),
  );
  const letters = [...new Set(optionsOf.flatMap((options) => [...options.keys()]))].sort();
  const heads = ["index", "category", "question", ...letters, "answer", "image_path"];
  const rows = records.map((record, index) => [
    record.id,
    record.question_type,
    record.question,
    ...letters.map((letter) => at(optionsOf, index).get(letter) ?? ""),
    record.ground_truth,
    pythonList(record.frames.map((name) => join(root, name))),
  ]);
  return [heads, ...rows].map((cells) => `${cells.map(tableCell).join("\t")}\n`).join("");
}

/** JSON's text of a list of texts is Python's, but for what lies beyond 16 bits, which JSON leaves as it is too. */
function pythonList(texts: readonly string[]): string {
  return JSON.stringify(texts);
}

/** As pandas reads it: quotation marks around what holds a tab, a mark or a line break. */
function tableCell(text: string): string {
  return /[\t"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
