import { basename } from "node:path";
import { UsageError } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType, questionTypeRow } from "@vsi/dataset";
import { isRecord, shownJson } from "@vsi/dataset/internal";
import { DatasetError, type JsonlRecord, readJsonl } from "@vsi/dataset/node";
import { validateQuestion } from "@vsi/dataset/validate";
import { askedDistances } from "./distances.ts";
import { type AuditedRecord, type QuestionGroup, QuestionGroups } from "./questions.ts";

/**
 * The questions of a lone JSONL file, by type: this project's records, or a benchmark's in VSI-Bench's form (id, dataset,
 * scene_name, question_type, question, ground_truth, options; with options ground_truth is a letter). Of distances only
 * what the file's own questions tell is known.
 *
 * @throws DatasetError naming file and line of a record that is neither.
 */
export async function readQuestionFile(path: string): Promise<{ name: string; groups: QuestionGroup[] }> {
  const groups = new QuestionGroups();
  for await (const { line, record } of explained(path)) {
    const where = { file: path.replaceAll("\\", "/"), place: `line ${line}` };
    if (isRecord(record) && record.schema === undefined) {
      groups.add(benchmarkRecord(record, where));
    } else {
      validateQuestion(record, where);
      groups.add(record);
    }
  }
  if (groups.groups().length === 0) {
    throw new UsageError(`${path}: got no questions, expected one per line. Give a file that has some.`);
  }
  const distances = askedDistances(groups.groups());
  return { name: basename(path), groups: groups.groups(distances.size > 1 ? distances : undefined) };
}

/** readJsonl's records; a lone file has no SHA256SUMS to compare it with, and is often of another kind. */
async function* explained(path: string): AsyncGenerator<JsonlRecord, void> {
  try {
    yield* readJsonl(path);
  } catch (error) {
    const isOtherKind =
      error instanceof DatasetError && ["jsonl-syntax", "jsonl-encoding"].includes(error.code) && error.detail !== null;
    if (!isOtherKind) throw error;
    const advice = error.detail.place.startsWith("line 1")
      ? "Give a dataset folder, or questions as JSONL: one JSON object per line."
      : "Correct or remove the line.";
    throw new DatasetError("question-record", { ...error.detail, advice }, { cause: error });
  }
}

/** Table exports may write a scene's digits as a number, and missing options as an empty list. */
function benchmarkRecord(
  record: Readonly<Record<string, unknown>>,
  where: { file: string; place: string },
): AuditedRecord {
  const fail = (field: string, expected: string): never => {
    throw new DatasetError("question-record", {
      file: where.file,
      place: `${where.place}, ${field}`,
      got: shownJson(record[field]),
      expected,
      advice: "Give a dataset folder, its questions, or a benchmark's JSONL in VSI-Bench's form.",
    });
  };
  const textOf = (field: string): string => {
    const value = record[field];
    if (typeof value === "number") return String(value);
    return typeof value === "string" && value !== "" ? value : fail(field, "a string");
  };
  const type = record.question_type;
  const question_type = isQuestionType(type) ? type : fail("question_type", `one of ${QUESTION_TYPES.join(", ")}`);
  const common = {
    id: textOf("id"),
    scene_name: textOf("scene_name"),
    question_type,
    question: textOf("question"),
  };
  const truth = textOf("ground_truth");
  const options = record.options ?? null;
  if (options === null || (Array.isArray(options) && options.length === 0)) {
    if (questionTypeRow(question_type).unit !== null && !Number.isFinite(Number(truth)))
      fail("ground_truth", "a number");
    return { ...common, ground_truth: truth, options: null };
  }
  if (!Array.isArray(options) || !options.every(isOption))
    fail("options", 'null or a list such as ["A. left", "B. right"]');
  const listed = options as string[];
  const right =
    listed.find((option) => option.startsWith(`${truth}. `)) ?? fail("ground_truth", "the letter of an option");
  return { ...common, ground_truth: right.slice("A. ".length), options: listed };
}

function isQuestionType(value: unknown): value is QuestionType {
  return QUESTION_TYPES.some((type) => type === value);
}

function isOption(value: unknown): boolean {
  return typeof value === "string" && /^[A-Z]\. \S/.test(value);
}
